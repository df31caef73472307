"""The file of drawn letters: every fault with its place, nothing written by halves."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.base import ContentFile

from zenne.core.errors import Conflict, Invalid
from zenne.participation.sortition import actions, framing, reading, wording
from zenne.participation.sortition.enums import CategoryKind, ImportState, Known, LotteryState
from zenne.participation.sortition.errors import WrongStep
from zenne.participation.sortition.models import Feature, Import, Invitation

from .factories import NOW, chief, design, lottery

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
HEAD = "name;address;language;gender;birth_date\n"
ANN = "Ann;Rue A 1|1060 Saint-Gilles;fr;w;1990-01-31\n"


def registered():
    """Gender and age are in the register."""
    of = design()
    of.categories.update(known=Known.REGISTER)
    of.categories.filter(key="age").update(kind=CategoryKind.AGE)
    Feature.objects.filter(category__lottery=of, key="young").update(age_from=18, age_to=39)
    Feature.objects.filter(category__lottery=of, key="old").update(age_from=40)
    return of


def read(text, of=None):
    content = text if isinstance(text, bytes) else text.encode()
    return reading.read(content, of or registered(), TODAY)


def faults(text, of=None):
    return [(each["line"], each["column"], each["code"]) for each in read(text, of).faults]


def test_a_good_file_gives_its_letters_with_groups_by_age():
    found = read(HEAD + ANN + 'Bram;"Rue B 2|1060 Saint-Gilles";nl;M;03/05/1970\n')
    assert found.faults == []
    assert [line.features for line in found.lines] == [{"gender": "w", "age": "young"}, {"gender": "m", "age": "old"}]
    assert found.lines[0].address == "Rue A 1\n1060 Saint-Gilles"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_common_delimiters_are_understood(delimiter):
    assert read((HEAD + ANN).replace(";", delimiter)).fault_count == 0


def test_the_sheets_of_older_programs_are_understood():
    found = read((HEAD + ANN.replace("Ann", "Zoë")).encode("cp1252"))
    assert found.lines[0].name == "Zoë"
    assert read(b"\xef\xbb\xbf" + (HEAD + ANN).encode()).fault_count == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"\0\1\2", [(0, "", "not-readable")]),
        ("", [(1, "", "no-header")]),
        ("a;b\n1;2\n", [(1, "name", "no-column"), (1, "address", "no-column"), (1, "gender", "no-column"), (1, "age", "no-column")]),
        ("name;" + HEAD + ANN, [(1, "name", "column-twice")]),
        (HEAD, [(1, "", "no-lines")]),
        (HEAD + "Ann;Rue A\n", [(2, "", "cells")]),
        (HEAD + "\n" + ANN.replace("Ann", ""), [(3, "name", "empty")]),
        (HEAD + ANN.replace(";w;", ";x;"), [(2, "gender", "unknown-value")]),
        (HEAD + ANN.replace(";fr;", ";xx;"), [(2, "language", "unknown-language")]),
        (HEAD + ANN.replace("1990-01-31", "1990-02-31"), [(2, "birth_date", "no-date")]),
        (HEAD + ANN.replace("1990-01-31", "2020-02-01"), [(2, "birth_date", "age-outside")]),
        (HEAD + ANN + ANN.upper(), [(3, "name", "twice")]),
        (HEAD + ANN.replace("Ann", "A" * 200), [(2, "name", "too-long")]),
        (HEAD + ANN.replace("Ann", "=B2"), [(2, "name", "formula")]),
        (HEAD + '"Ann\nMarie";Rue A;fr;w;1990\n' + ";Rue B;fr;w;1990\n", [(4, "name", "empty")]),
    ],
)  # fmt: skip
def test_each_fault_has_its_line_its_column_and_words(text, expected):
    of = registered()
    found = reading.read(text if isinstance(text, bytes) else text.encode(), of, TODAY)
    assert [(each["line"], each["column"], each["code"]) for each in found.faults] == expected
    assert all(wording.fault(each) for each in found.faults)


def test_a_workbook_is_read_like_text():
    made, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["name", "street", "postcode", "city", "language", "gender", "birth_date"])
    book.active.append(["Ann", "Rue A 1", 1060, "Saint-Gilles", "fr", "w", date(1990, 1, 31)])
    book.active.append(["Bram", "Rue B 2", 1060, "Saint-Gilles", "nl", "m", 1970, "", "=A1"])
    book.save(made)

    found = read(made.getvalue())

    assert [(each["line"], each["code"]) for each in found.faults] == [(3, "cells")]
    assert (found.lines[0].address, found.lines[0].features["age"]) == ("Rue A 1\n1060 Saint-Gilles", "young")


def test_columns_that_nothing_needs_are_left_out_and_said():
    found = read(HEAD.replace("\n", ";salary\n") + ANN.replace("\n", ";1\n"))
    assert found.ignored == ["salary"]
    assert found.fault_count == 0


def given(of, text=HEAD + ANN):
    return actions.read_letters(of, name="letters.csv", content=text.encode(), by=chief(of), now=NOW)


def test_one_file_at_a_time_and_only_before_the_letters():
    of = registered()
    given(of)
    with pytest.raises(Conflict):
        given(of)
    with pytest.raises(WrongStep):
        given(lottery())
    for text in ("", " \n"):
        with pytest.raises(Invalid):
            given(registered(), text)


def test_a_file_with_one_fault_writes_nothing_and_is_deleted():
    of = registered()
    file = given(of, HEAD + ANN + ";;;;\nBram;;nl;m;1970\n")
    storage, name = file.file.storage, file.file.name
    framing.read(file.pk)
    file.refresh_from_db()
    assert (file.state, file.fault_count, file.file.name) == (ImportState.FAULTY, 1, "")
    with pytest.raises(WrongStep):
        actions.write_letters(file, by=chief(of), now=NOW)
    assert storage.exists(name)  # until the transaction of this test would end
    assert not Invitation.objects.exists()


def test_a_worker_that_was_killed_while_writing_leaves_no_letter_twice(monkeypatch):
    of = registered()
    file = given(of, HEAD + "".join(ANN.replace("Ann", f"Ann {number}") for number in range(25)))
    framing.read(file.pk)
    actions.write_letters(file, by=chief(of), now=NOW)
    monkeypatch.setattr(framing, "BATCH", 10)

    def killed(*args):
        raise SystemExit

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(framing, "_tell", killed)
        framing.write(file.pk)
    of.refresh_from_db()
    assert of.state == LotteryState.DESIGNED
    framing.write(file.pk)
    framing.write(file.pk)
    of.refresh_from_db()
    assert of.state == LotteryState.FRAMED
    assert sorted(of.invitations.values_list("number", flat=True)) == list(range(1, 26))
    assert of.invitations.values("code_digest").distinct().count() == 25


def test_a_file_that_cannot_be_worked_through_says_so():
    of = registered()
    file = given(of)
    Import.objects.filter(pk=file.pk).update(file="letters/gone.csv")
    framing.read(file.pk)
    file.refresh_from_db()
    assert (file.state, file.faults[0]["code"]) == (ImportState.FAULTY, "unreadable")


def test_a_file_that_was_read_and_forgotten_goes_after_a_week():
    of = registered()
    file = given(of)
    framing.read(file.pk)
    assert actions.discard_forgotten(now=NOW + timedelta(days=6)) == 0
    assert actions.discard_forgotten(now=NOW + timedelta(days=8)) == 1
    file.refresh_from_db()
    assert (file.state, file.file.name) == (ImportState.DISCARDED, "")


def test_letters_that_are_not_sent_can_be_taken_out_again():
    of = registered()
    file = given(of)
    framing.read(file.pk)
    actions.write_letters(file, by=chief(of), now=NOW)
    framing.write(file.pk)
    actions.unframe(of, by=chief(of), now=NOW)
    of.refresh_from_db()
    assert of.state == LotteryState.DESIGNED
    assert not of.invitations.exists()
    assert given(of).file.read() == ContentFile((HEAD + ANN).encode()).read()
