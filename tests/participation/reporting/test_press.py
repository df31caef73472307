"""The PDF: what people wrote stays text, whatever it looks like; every letter has a shape; the same data give the same file."""

import re
import zlib

import pytest

from zenne.participation.reporting import press
from zenne.participation.reporting.kinds import bars, entry, facts, heading, note, paragraph, table
from zenne.participation.reporting.look import look_of, street
from zenne.participation.reporting.press.letters import printable

HOSTILE = (
    '#panic("x") $1/0$ *bold* _it_ `raw` <label> @reference = Title \\u{41} // /* #{ ( ] "quote" #import "@preview/a:0.1.0": b '
    '#read("/etc/passwd") #eval("1") #sys.inputs #include "x.typ" \x00\x1b\u202e'
)
LONG = "Verkeersveiligheidsmaatregelenevaluatiecommissievergaderingsverslag" * 3
WORDS = {
    **dict.fromkeys(
        ("kind", "as_of", "contents", "intro", "what", "bar", "colophon", "frozen", "address", "fingerprint"), "Mot"
    ),
    "digest": "a" * 64,
}


def report(*blocks, language="fr", text="Titre"):
    said = {"text": text, "language": language}
    return {
        "process_title": text,
        "organisation": text,
        "number": 1,
        "language": language,
        "title": said,
        "intro": said,
        "address": "http://localhost/fr/processes/p/reports/1/",
        "chapters": [{"key": "a", "title": text, "blocks": list(blocks)}],
    }


def every_block(text):
    return [
        heading(text),
        paragraph(text, language="nl"),
        note(text),
        facts([(text, text)]),
        table(text, [text, "B"], [[text, "1"]], numbers=(1,)),
        bars(text, text, [(text, 3, text), ("hidden", None, text), ("zero", 0, "0")], first=text),
        entry(
            text,
            language="en",
            facts=[text],
            status=text,
            text=text,
            said=[{"label": text, "text": text, "language": "nl"}],
            address="http://a/",
        ),
    ]


def made(data, **more) -> bytes:
    pictures = {"street.svg": street("p", "#3d37b0", "#ffc93c")}
    return press.pdf(
        data, words={**WORDS, **more}, look=look_of("#3d37b0", "#ffc93c"), pictures=pictures, moment=1_593_554_400
    )


@pytest.mark.parametrize(
    "text", [HOSTILE, LONG, "شجرة في كل شارع 12", "🌳👩‍🌾🏽❤️🇧🇪 中文 привет שלום Ωμέγα", "", "\n\n\n"]
)
def test_whatever_people_wrote_is_set_as_text(text):
    content = made(report(*every_block(text), text=text or "Titre"))
    assert content.startswith(b"%PDF-")


def test_the_file_is_tagged_titled_and_says_its_language_and_standard():
    content = made(report(*every_block("Un banc à l'ombre"), language="nl"))
    pieces = [content, *(_open(piece) for piece in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL))]
    whole = b"".join(pieces)
    for wanted in (b"/StructTreeRoot", b"/Lang", b"pdfuaid", b"/FontFile", b"/Outlines"):
        assert wanted in whole, wanted
    assert b"/Marked true" in whole and b"nl-BE" in whole


def _open(piece: bytes) -> bytes:
    try:
        return zlib.decompress(piece)
    except zlib.error:
        return b""


def test_the_same_data_give_the_same_file():
    data = report(*every_block("Un banc"))
    assert made(data) == made(data)


def test_five_thousand_lines_are_set():
    rows = [[str(number), "Une idée un peu longue pour une ligne", "Retenue", "oui", "12"] for number in range(5000)]
    content = made(report(table("Toutes", ["№", "Idée", "État", "Réponse", "Soutiens"], rows, numbers=(4,))))
    assert len(content) > 200_000


def test_what_typst_refuses_is_a_fault_with_its_words():
    broken = report()
    del broken["chapters"]
    with pytest.raises(press.PressFault, match="chapters"):
        made(broken)


def test_letters_without_a_shape_are_replaced_and_turning_marks_dropped():
    assert printable({"a": ["中é\u202e\x07\ttext", 3, None]}) == {"a": ["□é text", 3, None]}
    assert printable("👩‍🌾❤️") == "👩‍🌾❤️"
    assert printable("e\u0301") == "é"
