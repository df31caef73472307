"""What a browser may send in place of a chosen picture or file: no number, a number that is nobody's, a file of another organisation."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.documents import get_document_model
from wagtail.models import Collection

from tests.people.organisations import factories as make
from tests.people.organisations.test_isolation import ours, samples
from tests.visitors import signed_in
from zenne.participation.processes.models import Process
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db
SECRET = "Note confidentielle d’Ixelles"


@pytest.fixture
def theirs():
    house = make.organisation("Ixelles")
    theirs = Collection.get_first_root_node().add_child(name=house.name)
    file = ContentFile(b"note", "note.txt")
    return get_document_model().objects.create(title=SECRET, file=file, collection=theirs)


def with_choosers(client, mine):
    """Every form of a viewset that has a chooser: its address, the name of the box, and what else has to be sent. And the long text of a process."""
    for viewset in ours():
        names = {pattern.name for pattern in viewset.get_urlpatterns()} & {"add", "edit"}
        for step in sorted(names):
            thing = mine.get(viewset.model)
            if step == "edit" and thing is None:
                continue
            address = reverse(viewset.get_url_name(step), args=[thing.pk] if step == "edit" else [])
            form = (client.get(address).context or {}).get("form")
            for name, field in getattr(form, "fields", {}).items():
                if isinstance(field.widget, BaseChooser):
                    yield address, name, {}

    address = reverse("process:description", args=[mine[Process].pk])
    for kind, box in (("file", "body-0-value"), ("image", "body-0-value-image")):
        block = {"body-0-deleted": "", "body-0-order": "0", "body-0-type": kind}
        yield address, box, {"body-count": "1", "body-0-value-alt_text": "", **block}
    yield address, "body-count", {}


def test_a_chooser_names_only_what_it_offers_and_breaks_on_nothing(theirs):
    jette = make.organisation("Jette")
    mine = samples(jette)
    client = signed_in(make.member(jette, Role.ADMIN))
    tried = list(with_choosers(client, mine))
    assert {"file", "cover", "body-count"} <= {name for _address, name, _more in tried}
    for address, name, more in tried:
        for value in ("x", "9" * 30, "-1", "1" * 9, str(theirs.pk)):
            answer = client.post(address, {**more, name: value})
            assert answer.status_code in (200, 422), (address, name, value)
            assert SECRET not in answer.text, (address, name)
