"""Days and moments in the forms of the back office."""

from datetime import UTC, date, datetime

import pytest
from django.db import models
from django.utils.translation import override
from wagtail.admin.forms.models import formfield_for_dbfield

from zenne.core.clock import in_brussels


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_what_is_typed_as_in_brussels_is_read_in_every_language_and_not_made_today_by_the_picker(language):
    day, moment = (formfield_for_dbfield(field) for field in (models.DateField(), models.DateTimeField()))
    with override(language):
        assert {day.clean(typed) for typed in ("02/01/2026", "2026-01-02", "2-1-2026")} == {date(2026, 1, 2)}
        at = datetime(2026, 1, 2, 13, tzinfo=UTC)
        assert {moment.clean(typed) for typed in ("02/01/2026 14:00", "2026-01-02 14:00")} == {at}
        assert moment.widget.format_value(in_brussels(at)) == "02/01/2026 14:00"
    assert [field.widget.get_config()["validateOnBlur"] for field in (day, moment)] == [False, False]
