"""Letters on paper: what stands on them, where the address lies, how thousands are made; and the mails of a draw."""

import hashlib
import io
import re
import zipfile
import zlib
from datetime import timedelta

import pytest
from django.utils.translation import override

from zenne.core import mail
from zenne.messaging.outbox.models import Letter
from zenne.participation.sortition import actions, codes, letters, posting, printing, queries, tasks
from zenne.participation.sortition.enums import LotteryState, PrintingKind, PrintingState
from zenne.participation.sortition.models import Category, Invitation, Lottery, Mailing, Printing
from zenne.people.uploads.models import private_storage

from .factories import CHANCE, CLOSES, NOW, chief, committed, drawn, invitation, lottery, pool, staff, yes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def pages_of(content):
    return len(re.findall(rb"/Type\s*/Page\b", _open(content)))


def _open(content):
    """The file with what it keeps packed laid open."""
    pieces = [content]
    for piece in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            pieces.append(zlib.decompress(piece))
        except zlib.error:
            continue
    return b"\n".join(pieces)


ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _letters_of(escaped):
    """The bytes of a string of PDF, `(a\\050b)`."""
    return re.sub(
        rb"\\([0-7]{1,3}|.)",
        lambda found: bytes([int(found[1], 8)]) if found[1].isdigit() else ESCAPES.get(found[1], found[1]),
        escaped,
        flags=re.DOTALL,
    )


def lines_of(content):
    """Every line of text as a reader hears it, by the file's own tables of letters, with the place where it begins: (words, mm from the left, mm from the top).

    A line is read with each table, because the fonts' names are not followed: what is looked for is found in one of the readings.
    """
    opened = _open(content)
    tables = []
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", opened, re.DOTALL):
        found = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", block)
        tables.append({int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be") for code, letter in found})
    for x, y, body in re.findall(rb"q 1 0 0 -1 ([\d.]+) ([\d.]+) cm(.*?)\nET", opened, re.DOTALL):
        signs = b"".join(map(_letters_of, re.findall(rb"\(((?:\\.|[^\\)])*)\)", body, re.DOTALL)))
        codes_ = [int.from_bytes(signs[at : at + 2]) for at in range(0, len(signs), 2)]
        for table in tables:
            if all(code in table for code in codes_):
                yield "".join(table[code] for code in codes_), float(x) / 72 * 25.4, 297 - float(y) / 72 * 25.4


def place_of(content, words):
    """Where words stand, in mm from the left and from the top of their page."""
    return next(((x, y) for said, x, y in lines_of(content) if words in said), None)


@pytest.fixture
def of():
    made = lottery(
        phone="02 536 02 11",
        email="lot@example.org",
        reply_to="Commune\nPlace Communale 1\n1060 Saint-Gilles",
        letter="Le conseil se réunit quatre samedis.",
        letter_nl="De raad komt vier zaterdagen samen.",
        signed_by="La bourgmestre",
        signed_by_nl="De burgemeester",
    )
    Category.objects.filter(lottery=made, key="age").update(known="register")
    return made


@pytest.fixture
def set_as(monkeypatch):
    """What is handed to the press: words in place, before they are ink."""
    kept = {}

    def press(layout, given, *, pictures, moment):
        kept.update(given)
        return b"%PDF-"

    monkeypatch.setattr("zenne.participation.sortition.printing.press.printed", press)
    return kept


def test_a_letter_is_one_sheet_with_a_language_on_either_side(of):
    for number in range(3):
        invitation(of, language="nl" if number else "fr", features={"age": "old"})
    content = printing.set_letters(of, of.invitations.order_by("number"), kind=PrintingKind.LETTERS, now=NOW)
    assert pages_of(content) == 6
    opened = _open(content)
    assert b"pdfuaid" in opened
    assert b"/Lang" in opened
    for words in ("Votre nom a été tiré au sort", "Uw naam werd geloot", "02 536 02 11", "Ma réponse", "Mijn antwoord"):
        assert place_of(content, words), words


def test_a_letter_with_many_questions_takes_a_second_sheet_rather_than_lose_its_slip(of):
    for position in range(3, 9):
        category = Category.objects.create(
            lottery=of, position=position, key=f"c{position}", name=f"Catégorie {position}"
        )
        for place in range(1, 7):
            category.features.create(position=place, key=f"g{place}", name=f"Un groupe avec un nom assez long {place}")
    invitation(of, features={"age": "old"})
    content = printing.set_letters(of, of.invitations.all(), kind=PrintingKind.LETTERS, now=NOW)
    assert pages_of(content) == 4


def test_both_sides_say_how_to_answer_until_when_and_with_which_code(of, set_as):
    letter = invitation(of, features={"age": "old"})
    Mailing.objects.create(lottery=of, hours="9 à 12 h", hours_nl="9 tot 12 u.", desk="Guichet 4", desk_nl="Loket 4")
    printing.set_letters(of, [letter], kind=PrintingKind.LETTERS, now=NOW)
    one = set_as["letters"][0]
    assert one["code"] == codes.code_of(letter)
    assert one["lines"] == ["Habitant 1", "Rue du Tirage 1", "1060 Saint-Gilles"]
    assert one["asks"] == ["gender"]
    french, dutch = set_as["sides"]["fr"], set_as["sides"]["nl"]
    for side, hours, words, desk, signed in (
        (french, "9 à 12 h", "Le conseil se réunit quatre samedis.", "Guichet 4", "La bourgmestre"),
        (dutch, "9 tot 12 u.", "De raad komt vier zaterdagen samen.", "Loket 4", "De burgemeester"),
    ):
        ways = " ".join(way["text"] for way in side["ways"])
        assert "02 536 02 11" in ways
        assert hours in ways
        assert desk in ways
        assert f"/lots/{of.pk}/" in ways
        assert words in side["paragraphs"]
        assert side["signed"] == signed
        assert "lot@example.org" in side["privacy"]
    assert french["heading"] != dutch["heading"]
    assert "5\xa0juillet\xa02026" in french["answer-by"]
    assert "5\xa0juli\xa02026" in dutch["answer-by"]
    for square in ("qr-fr", "qr-nl"):
        assert one[square].startswith("<svg")


def test_the_square_code_opens_the_letter_in_the_language_of_its_side(of):
    letter = invitation(of)
    code = codes.code_of(letter)
    assert printing.short_address(of, "nl", code).endswith(f"/nl/lots/{of.pk}/?code={code.replace('-', '')}")


@pytest.mark.parametrize(("envelope", "from_top", "to"), [("c56", 45, 70), ("c4", 55, 78)])
def test_the_address_lies_in_the_window_of_the_envelope_and_the_code_does_not(of, envelope, from_top, to):
    Mailing.objects.create(lottery=of, envelope=envelope)
    letter = invitation(of, features={"age": "old"})
    content = printing.set_letters(of, [letter], kind=PrintingKind.LETTERS, now=NOW)
    for words in ("Habitant 1", "Rue du Tirage 1", "1060 Saint-Gilles"):
        x, y = next((x, y) for said, x, y in lines_of(content) if said.strip() == words and x > 100)
        assert 114 <= x <= 120
        assert from_top < y < to
    others = [(x, y) for said, x, y in lines_of(content) if codes.code_of(letter) in said]
    assert others
    assert all(y > 90 for _x, y in others)


def test_the_specimen_shows_the_window_and_names_nobody(of, set_as):
    invitation(of)
    printing.specimen(of, kind=PrintingKind.LETTERS, now=NOW)
    assert set_as["specimen"] is True
    assert "Habitant" not in str(set_as["letters"])


def test_what_people_are_called_is_printed_and_never_obeyed(of):
    invitation(of, name='#panic("x") *Zoé* @a', address='#read("/etc/passwd")\n1060 $x$')
    content = printing.set_letters(of, of.invitations.all(), kind=PrintingKind.LETTERS, now=NOW)
    assert content.startswith(b"%PDF-")


# --- printings ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch):
    """Two letters a file, and no press at all: how they are set is tried above."""
    monkeypatch.setattr(printing, "BATCH", 2)
    set_letters = []

    def fake(lottery, found, *, kind, now):
        set_letters.append([letter.number for letter in found])
        return f"%PDF {set_letters[-1]}".encode()

    monkeypatch.setattr(printing, "set_letters", fake)
    return set_letters


def test_all_letters_are_made_in_files_and_packed_with_their_checksums(of, small):
    for _each in range(5):
        invitation(of)
    made = actions.print_letters(of, by=chief(of), now=NOW)
    posting.make(made.pk)
    made.refresh_from_db()
    assert (made.state, made.done, made.total) == (PrintingState.READY, 5, 5)
    assert small == [[1, 2], [3, 4], [5]]
    packed = b"".join(posting.packed(made))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == 4
        sums = archive.read("SHA256SUMS").decode()
        for name in names[:3]:
            assert f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}" in sums


def test_a_killed_maker_leaves_what_it_made_and_the_next_goes_on_from_there(of, small, monkeypatch):
    for _each in range(4):
        invitation(of)
    made = actions.print_letters(of, by=chief(of), now=NOW)
    kept = posting._keep

    def killed(found, position, letters, now):
        if position == 2:
            raise KeyboardInterrupt
        return kept(found, position, letters, now)

    monkeypatch.setattr(posting, "_keep", killed)
    with pytest.raises(KeyboardInterrupt):
        posting.make(made.pk)
    monkeypatch.setattr(posting, "_keep", kept)
    posting.make(made.pk)
    assert small == [[1, 2], [3, 4]]
    assert Printing.objects.get(pk=made.pk).state == PrintingState.READY


def test_what_cannot_be_made_says_so(of, monkeypatch):
    invitation(of)
    made = actions.print_letters(of, by=chief(of), now=NOW)
    monkeypatch.setattr(printing, "set_letters", lambda *given, **more: 1 / 0)
    posting.make(made.pk)
    assert Printing.objects.get(pk=made.pk).state == PrintingState.FAILED


def test_one_printing_at_a_time(of, small):
    invitation(of)
    actions.print_letters(of, by=chief(of), now=NOW)
    with pytest.raises(Exception, match="déjà en préparation"):
        actions.print_letters(of, by=chief(of), now=NOW)


def test_a_reminder_goes_to_who_has_not_answered_and_whose_letter_did_not_come_back(of, small):
    yes(of, gender="w", age="old")
    invitation(of)
    actions.came_back(of, invitation(of).number, by=chief(of), now=NOW)
    made = actions.print_reminders(of, by=chief(of), now=NOW)
    posting.make(made.pk)
    assert small == [[2]]
    assert list(of.invitations.filter(reminded_at=NOW).values_list("number", flat=True)) == [2]


def test_the_clock_makes_the_reminder_on_its_day_and_only_once(of, small):
    invitation(of)
    Mailing.objects.create(lottery=of, remind_days=7)
    assert actions.remind_due(now=CLOSES - timedelta(days=8)) == 0
    assert actions.remind_due(now=CLOSES - timedelta(days=6)) == 1
    posting.make(Printing.objects.get().pk)
    assert actions.remind_due(now=CLOSES - timedelta(days=5)) == 0
    assert actions.remind_due(now=CLOSES + timedelta(days=1)) == 0


def test_files_are_deleted_after_two_weeks_or_when_the_letters_are_destroyed(of, small):
    invitation(of)
    first = actions.print_letters(of, by=chief(of), now=NOW)
    posting.make(first.pk)
    name = first.parts.get().file.name
    actions.sweep_printings(now=NOW + timedelta(days=13))
    assert private_storage().exists(name)
    Lottery.objects.filter(pk=of.pk).update(frame_destroyed_at=NOW)
    actions.sweep_printings(now=NOW + timedelta(days=13))
    first.refresh_from_db()
    assert first.deleted_at is not None
    assert not first.parts.exists()


def test_only_managers_print(of):
    invitation(of)
    with pytest.raises(Exception, match="personnel"):
        actions.print_letters(of, by=staff(lottery().process.organisation), now=NOW)


def test_a_destroyed_letter_is_not_printed(of, small):
    invitation(of)
    actions.empty(Invitation.objects.filter(lottery=of), now=NOW, keep_code=True)
    with pytest.raises(Exception, match="aucune lettre à imprimer"):
        actions.print_letters(of, by=chief(of), now=NOW)


# --- mails -------------------------------------------------------------------------------------------------------------------


def words_of(letter, now=NOW):
    source = {"sortition.answer": letters._answer, "sortition.seat": letters._seat, "sortition.pool": letters._pool}
    with override("en"):
        return source[letter.source](letter, now)


def test_an_answer_is_receipted_once_and_not_after_it_was_erased():
    given = yes(lottery())
    letter = Letter.objects.get(source="sortition.answer")
    assert words_of(letter).template.endswith("/answer")
    actions.erase_answer(given, by=None, now=NOW)
    assert words_of(letter) is None


def test_the_pool_hears_of_the_commitment_with_number_and_odds():
    draw = committed()
    tasks.tell_pool(draw=draw.pk, about="committed")
    tasks.tell_pool(draw=draw.pk, about="committed")
    found = Letter.objects.filter(source="sortition.pool")
    assert found.count() == draw.pool_size
    assert words_of(found.order_by("pk").first()).context["own"]["number"]


def test_who_is_drawn_is_asked_once_and_the_others_hear_their_place():
    draw = drawn()
    tasks.tell_pool(draw=draw.pk, about="drawn")
    seats = Letter.objects.filter(source="sortition.seat")
    others = Letter.objects.filter(source="sortition.pool")
    assert (seats.count(), others.count()) == (4, 8)
    assert words_of(seats.order_by("pk").first(), CHANCE).context["about"] == "offered"
    assert words_of(others.order_by("pk").first(), CHANCE).context["own"]["reserve"]


def test_an_offer_that_was_answered_meanwhile_is_not_written_about():
    draw = drawn()
    offer = draw.offers.order_by("position").first()
    letter = Letter.objects.get(context__offer=offer.pk)
    actions.decline(offer, by=None, now=CHANCE)
    assert words_of(letter, CHANCE) is None


def test_silence_is_called_to_mind_once_shortly_before_the_end():
    draw = drawn()
    late = CHANCE + timedelta(days=6)
    assert actions.remind_seats(now=CHANCE + timedelta(days=1)) == 0
    assert actions.remind_seats(now=late) == 4
    assert actions.remind_seats(now=late) == 0
    assert Letter.objects.filter(key__endswith=":reminded").count() == 4
    assert draw.offers.exclude(reminded_at=None).count() == 4


def test_an_annulment_is_told_to_everybody():
    draw = drawn()
    reason = {"fr": "Erreur", "nl": "Fout", "en": "A quota was wrong"}
    actions.annul(draw, reason=reason, by=chief(draw.lottery), now=CHANCE)
    tasks.tell_pool(draw=draw.pk, about="annulled")
    assert Letter.objects.filter(key__endswith=":void").count() == 4
    assert Letter.objects.filter(key__contains=":annulled:").count() == 8


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_every_mail_of_a_draw_is_written_in_every_language(language):
    draw = drawn()
    telling = [("answer", draw.lottery.answers.first(), {})]
    offer = draw.offers.order_by("position").first()
    telling += [("seat", offer.answer, {"offer": offer, "about": about, "reason": ""}) for about in letters.HOLDS]
    telling += [("pool", offer.answer, {"about": about, "reason": ""}) for about in letters.OF_DRAW]
    seen = set()
    for name, answer, more in telling:
        with override(language):
            own = {"number": 3, "words": "12 %", "reserve": 2}
            shared = {
                "given": answer,
                "draw": draw,
                "own": own,
                "day": "https://example.org/",
                "until": "-",
                "closing": "-",
            }
            context = letters._around(queries.lotteries().get(pk=draw.lottery_id)) | shared | {"address": "-"} | more
        written = mail.write(f"participation/sortition/mail/{name}", language=language, context=context)
        seen.add((written.subject, written.text))
        assert written.subject
        assert "http" in written.html
    assert len(seen) == 9


def test_the_pool_counts_in_the_figures():
    of = lottery()
    pool(of, 3)
    invitation(of)
    found = queries.figures(of)
    assert (found.letters, found.yes, found.no, found.answers) == (4, 3, 0, 3)
    assert LotteryState(of.state) == LotteryState.INVITED
