"""Files for staff: who may ask, how long they are kept, what history remembers."""

from datetime import timedelta

import pytest

from tests.people.organisations.factories import organisation, person
from zenne.core.errors import Invalid, NotFound, TooMany
from zenne.opendata.exports.actions import begin_export, cancel_export, open_export, sweep_exports
from zenne.opendata.exports.enums import ExportState, Failure, Sheet
from zenne.opendata.exports.models import Export
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.personal_data import personal_data
from zenne.people.history.models import Entry
from zenne.people.organisations.models import Membership

from . import factories as make
from .factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trial(offered):
    return offered


def begun(by, *, sheet: Sheet = Sheet.CSV, now=NOW, dataset: str = "trial", **asked: str) -> Export:
    return begin_export(dataset=dataset, asked=asked, sheet=sheet, by=by, now=now)


@pytest.fixture
def long(monkeypatch):
    """Every list is a long one."""
    monkeypatch.setattr("zenne.opendata.exports.actions.AT_ONCE", 0)


def test_a_short_list_is_a_whole_file_at_once(editor):
    export = begun(editor)
    assert (export.state, export.rows_done, export.rows_total, export.percent) == (ExportState.READY, 5, 5, 100)


def test_history_says_who_asked_and_who_took_and_whether_persons_are_in_it(editor, jette):
    open_export(begun(editor, state="published"), by=editor, now=NOW)
    entries = Entry.objects.filter(scope=jette.pk, event__startswith="export.").order_by("pk")
    assert [(one.event, one.actor, one.details["rows"], one.details["personal"]) for one in entries] == [
        ("export.asked", editor, 5, False),
        ("export.taken", editor, 5, False),
    ]


def test_a_file_belongs_to_one_person(editor, jette):
    export = begun(editor)
    with pytest.raises(NotAllowed):
        open_export(export, by=make.staff(jette, name="Colleague"), now=NOW)
    Membership.objects.filter(person=editor).delete()
    with pytest.raises(NotAllowed):
        open_export(export, by=editor, now=NOW)


def test_somebody_without_an_organisation_exports_nothing():
    with pytest.raises(NotAllowed):
        begun(person("Amina"))


def test_what_everyone_may_have_is_not_asked_for_here(editor):
    for key in ("ideas", "no-such-thing"):
        with pytest.raises(NotFound):
            begun(editor, dataset=key)


def test_more_rows_than_a_sheet_holds_are_refused_before_anything_is_written(editor, trial, long):
    trial(make.dataset(1_048_576))
    with pytest.raises(Invalid, match=r"1.048.576"):
        begun(editor, sheet=Sheet.XLSX)
    assert begun(editor, sheet=Sheet.CSV).state == ExportState.WAITING


def test_one_person_has_three_long_files_under_way_and_no_more(editor, long):
    first, *_others = [begun(editor) for _number in range(3)]
    with pytest.raises(TooMany):
        begun(editor)
    cancel_export(first, by=editor, now=NOW)
    assert begun(editor).state == ExportState.WAITING


def test_only_the_person_who_asked_cancels_and_only_before_the_end(editor, jette, long):
    export = begun(editor)
    with pytest.raises(NotAllowed):
        cancel_export(export, by=make.staff(jette, name="Colleague"), now=NOW)
    assert cancel_export(export, by=editor, now=NOW).state == ExportState.CANCELLED
    with pytest.raises(NotAllowed):
        cancel_export(export, by=editor, now=NOW)


def test_a_file_goes_after_a_week(editor, django_capture_on_commit_callbacks):
    export = begun(editor)
    storage, name = export.file.storage, export.file.name
    assert sweep_exports(now=NOW + timedelta(days=6)) == 0 and storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_exports(now=NOW + timedelta(days=7, minutes=1)) == 1
    assert not storage.exists(name)


def test_what_stopped_moving_says_that_it_did_not_work(editor, long):
    export = begun(editor)
    sweep_exports(now=NOW + timedelta(hours=3))
    export.refresh_from_db()
    assert (export.state, export.failure) == (ExportState.FAILED, Failure.INTERRUPTED)


def test_a_persons_files_go_with_the_person(editor, django_capture_on_commit_callbacks):
    export = begun(editor)
    assert [one["dataset"] for one in personal_data["exports"].export(editor)] == ["trial"]
    with django_capture_on_commit_callbacks(execute=True):
        personal_data["exports"].erase(editor, NOW)
    assert not Export.objects.exists() and not export.file.storage.exists(export.file.name)


def test_an_export_reaches_only_the_organisations_of_its_person(editor, jette):
    organisation("Ixelles")
    assert begun(editor).organisations == [jette.pk]
