from datetime import timedelta
from uuid import uuid4

import pytest

from tests.people.uploads import given
from tests.people.uploads.factories import person
from tests.people.uploads.given import NOW, sent
from zenne.people.accounts.personal_data import personal_data
from zenne.people.uploads import actions
from zenne.people.uploads.models import Upload

pytestmark = pytest.mark.django_db


def test_what_somebody_gave_is_handed_over_with_its_files_and_then_loses_their_name() -> None:
    author, data = person(), personal_data["uploads"]
    draft = actions.store(sent(given.picture(), "a.jpg"), by=author, claim=uuid4(), now=NOW)
    public = actions.store(sent(given.pdf(), "b.pdf"), by=author, claim=None, now=NOW + timedelta(minutes=1))
    other = actions.store(sent(given.picture(), "c.jpg"), by=person(), claim=None, now=NOW)
    actions.publish([public], now=NOW)
    assert [line["file"].partition("-")[2] for line in data.export(author)] == ["a.jpg", "b.pdf"]
    files = dict(data.files(author))
    assert sorted(name.partition("-")[2] for name in files) == ["a.jpg", "b.pdf"]
    assert next(file.read() for name, file in files.items() if name.endswith("b.pdf")) == given.pdf()
    for file in files.values():
        file.close()
    data.erase(author, NOW)
    assert set(Upload.objects.values_list("pk", "owner")) == {(public.pk, None), (other.pk, other.owner_id)}
    assert not Upload.objects.filter(pk=draft.pk).exists()
