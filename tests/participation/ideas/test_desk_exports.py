"""Files of ideas: what is in them, who may take them, and how they are made and forgotten."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest

from tests.people.organisations.factories import organisation
from zenne.participation.ideas import actions, tasks
from zenne.participation.ideas.actions.exporting import begin_export, open_export, sweep_exports
from zenne.participation.ideas.enums import ExportState, Sheet
from zenne.participation.ideas.models import Export
from zenne.participation.ideas.queries.staff import Wanted
from zenne.participation.ideas.spreadsheet import COLUMNS
from zenne.people.access.answers import NotAllowed
from zenne.people.history.models import Entry
from zenne.people.organisations.models import Membership

from . import factories as make
from .factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def jette():
    return organisation("Jette")


@pytest.fixture
def call(jette):
    return make.call(organisation=jette)


@pytest.fixture
def manager(jette):
    return make.staff(jette)


def lines(export: Export) -> list[dict[str, str]]:
    text = export.file.read().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def exported(by, *, sheet: Sheet = Sheet.CSV, now=NOW, **asked: str) -> Export:
    return begin_export(asked=Wanted.read(asked), sheet=sheet, by=by, now=now)


def test_a_csv_opens_in_a_belgian_excel(call, manager):
    make.idea(call, title="Des bancs; à l'ombre", text='Une "vraie" pause; assez longue.')
    export = exported(manager)
    content = export.file.read()
    assert export.state == ExportState.READY and export.rows_done == 1
    assert content.startswith(b"\xef\xbb\xbf")
    export.file.seek(0)
    (line,) = lines(export)
    assert line["Titre" if "Titre" in line else "Title"] == "Des bancs; à l'ombre"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
@pytest.mark.parametrize("sheet", list(Sheet))
def test_what_people_wrote_runs_nowhere_as_a_formula(call, manager, sheet, start):
    made = make.idea(call, title="Des arbres", text="Une description assez longue.")
    type(made).objects.filter(pk=made.pk).update(title=f'{start}cmd|"/c calc"!A1')
    content = exported(manager, sheet=sheet).file.read()
    if sheet == Sheet.CSV:
        assert f"'{start}cmd" in content.decode("utf-8-sig") and f";{start}cmd" not in content.decode("utf-8-sig")
    else:
        page = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page and "'" in page


def test_no_column_holds_an_address_of_a_person(call, manager):
    author = make.resident("Amina")
    idea = make.idea(call, author=author)
    actions.assign(idea, to=manager, by=manager, now=NOW)
    for sheet in Sheet:
        content = exported(manager, sheet=sheet).file.read()
        if sheet == Sheet.XLSX:
            content = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
        assert b"Amina" in content and b"example.org" not in content


def test_the_file_holds_what_the_list_shows(call, manager):
    make.idea(call, language="nl", text="Meer bomen en banken in onze straat.")
    make.idea(call)
    make.idea(make.call(organisation=organisation("Ixelles")))
    assert len(lines(exported(manager))) == 2
    assert len(lines(exported(manager, language="nl"))) == 1


def test_every_column_is_written_and_explained(call, manager):
    make.idea(call)
    assert len(lines(exported(manager))[0]) == len(COLUMNS) == len({str(one.label) for one in COLUMNS})


def test_the_last_words_of_the_organisation_are_in_it(call, manager):
    idea = make.idea(call)
    actions.answer_idea(idea, body={"fr": "Nous le ferons."}, by=manager, now=NOW)
    actions.change_status(idea, to="admissible", reason={"fr": "Il y a la place."}, by=manager, now=NOW)
    line = list(lines(exported(manager))[0].values())
    assert "Nous le ferons." in line and "Il y a la place." in line


def test_history_says_who_made_and_who_took_a_file(call, manager, jette):
    make.idea(call)
    open_export(exported(manager, state="published"), by=manager, now=NOW)
    events = Entry.objects.filter(scope=jette.pk, event__startswith="ideas.export").order_by("event")
    assert [(entry.event, entry.actor, entry.details["rows"]) for entry in events] == [
        ("ideas.export_taken", manager, 1),
        ("ideas.exported", manager, 1),
    ]


def test_a_file_belongs_to_one_person(call, manager, jette):
    make.idea(call)
    export = exported(manager)
    with pytest.raises(NotAllowed):
        open_export(export, by=make.staff(jette, name="Colleague"), now=NOW)
    Membership.objects.filter(person=manager).delete()
    with pytest.raises(NotAllowed):
        open_export(export, by=manager, now=NOW)


def test_somebody_without_an_organisation_exports_nothing(call):
    with pytest.raises(NotAllowed):
        exported(make.resident())


def test_a_long_list_is_written_behind_the_scenes(call, manager, monkeypatch):
    monkeypatch.setattr("zenne.participation.ideas.actions.exporting.AT_ONCE", 2)
    monkeypatch.setattr("zenne.participation.ideas.spreadsheet.STEP", 2)
    monkeypatch.setattr("zenne.participation.ideas.tasks.STEP", 2)
    for _ in range(5):
        make.idea(call)
    export = exported(manager)
    assert (export.state, export.rows_total) == (ExportState.WAITING, 5)
    with pytest.raises(NotAllowed):
        open_export(export, by=manager, now=NOW)
    tasks.write_export(export=export.pk)
    export.refresh_from_db()
    assert (export.state, export.rows_done) == (ExportState.READY, 5)
    assert len(lines(export)) == 5


def test_whoever_left_in_the_meantime_gets_an_empty_file(call, manager, monkeypatch):
    monkeypatch.setattr("zenne.participation.ideas.actions.exporting.AT_ONCE", 0)
    make.idea(call)
    export = exported(manager)
    Membership.objects.filter(person=manager).delete()
    tasks.write_export(export=export.pk)
    export.refresh_from_db()
    assert lines(export) == []


def test_a_file_goes_after_a_week(call, manager, django_capture_on_commit_callbacks):
    make.idea(call)
    export = exported(manager)
    storage, name = export.file.storage, export.file.name
    assert sweep_exports(now=NOW + timedelta(days=6)) == 0 and storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_exports(now=NOW + timedelta(days=7, minutes=1)) == 1
    assert not storage.exists(name)


def test_what_never_got_ready_says_so(call, manager, monkeypatch):
    monkeypatch.setattr("zenne.participation.ideas.actions.exporting.AT_ONCE", 0)
    make.idea(call)
    export = exported(manager)
    sweep_exports(now=NOW + timedelta(hours=3))
    export.refresh_from_db()
    assert export.state == ExportState.FAILED


def test_the_number_of_queries_does_not_grow_with_the_rows(call, manager, django_assert_num_queries):
    make.idea(call)
    export = exported(manager)
    with django_assert_num_queries(8):
        tasks.fill(export)
    for _ in range(2):
        make.idea(call)
    with django_assert_num_queries(8):
        tasks.fill(export)
