"""What a file really is, told by its content: PDF, OpenDocument text, Word, Excel, plain text, CSV. Everything else is refused.

A file is kept byte for byte, so it may hold nothing that acts by itself: no program, no second file before, behind or inside it.
"""

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .errors import NotTaken
from .limits import MEGABYTE

ODT = "application/vnd.oasis.opendocument.text"
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{OFFICE}wordprocessingml.document"
XLSX = f"{OFFICE}spreadsheetml.sheet"

MOST_ENTRIES = 5000
MOST_UNPACKED = 200 * MEGABYTE
LOOK_INTO = 4 * MEGABYTE

MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|meta|link|\?php|\?xml|math|xsl:)", re.IGNORECASE
)
PDF_ACTS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
PDF_ESCAPE = re.compile(rb"#([0-9a-fA-F]{2})")
PDF_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Paper:
    content_type: str
    extension: str


def what_we_take() -> str:
    return _("We take pictures as JPEG, PNG or WebP, and documents as PDF, ODT, DOCX, XLSX, TXT or CSV.")


def recognise(content: bytes, name: str) -> Paper:
    """What the content is. `name` decides only between text and CSV, which look alike. Raises NotTaken."""
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    return _text(content, name)


def _pdf(content: bytes) -> Paper:
    end = content.rfind(b"%%EOF")
    if (
        end < 0
        or len(content) - end > 1024
        or MARKUP.search(content[:1024])
        or MARKUP.search(content[end:])
        or b"PK\x05\x06" in content[-66_000:]
    ):
        raise NotTaken(
            _("This looks like a PDF but holds something else as well. Print it to PDF again and try once more.")
        )
    for part in (content, *_hidden_objects(content)):
        if PDF_ACTS.search(PDF_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)):
            raise NotTaken(_("This PDF holds a program or another file. Print it to PDF again and try once more."))
    return Paper("application/pdf", "pdf")


def _hidden_objects(content: bytes) -> list[bytes]:
    """The compressed lists of objects of a modern PDF, where an action could hide."""
    found: list[bytes] = []
    for match in list(PDF_OBJECTS.finditer(content))[:2000]:
        try:
            found.append(zlib.decompressobj().decompress(content[match.end() : match.end() + LOOK_INTO], LOOK_INTO))
        except zlib.error:
            continue
        if sum(map(len, found)) > 40 * MEGABYTE:
            raise NotTaken(_("This PDF is packed too tightly to be checked. Print it to PDF again and try once more."))
    return found


def _package(content: bytes) -> Paper:
    broken = NotTaken(_("This document cannot be read. Open it on your device and save it again."))
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 + int.from_bytes(content[end + 20 : end + 22], "little") != len(content):
        raise broken
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            _sane(entries)
            paper = _office(package, {entry.filename for entry in entries})
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error, EOFError) as error:
        raise broken from error
    if paper is None:
        raise NotTaken(what_we_take())
    return paper


def _sane(entries: list[zipfile.ZipInfo]) -> None:
    """No bomb, no secret, no second file under one name, no way out of the folder, nothing glued in front."""
    names = [entry.filename for entry in entries]
    if (
        not entries
        or len(entries) > MOST_ENTRIES
        or len(set(names)) != len(names)
        or sum(entry.file_size for entry in entries) > MOST_UNPACKED
        or any(entry.flag_bits & 0x1 for entry in entries)
        or any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names)
        or min(entry.header_offset for entry in entries) != 0
    ):
        raise zipfile.BadZipFile("not a plain document")


def _office(package: zipfile.ZipFile, names: set[str]) -> Paper | None:
    lower = {name.lower() for name in names}
    if any(
        name.endswith((".bin", ".exe", ".dll", ".js", ".vbs", ".jar")) and "printersettings" not in name
        for name in lower
    ) or any(name.startswith(("basic/", "scripts/")) for name in lower):
        raise NotTaken(_("This document holds macros or other programs. Save it without them and try again."))
    if "mimetype" in names and package.infolist()[0].filename == "mimetype":
        return Paper(ODT, "odt") if _read(package, "mimetype").strip() == ODT.encode() else None
    if "[Content_Types].xml" not in names:
        return None
    types = _read(package, "[Content_Types].xml")
    if b"macroEnabled" in types:
        raise NotTaken(_("This document holds macros or other programs. Save it without them and try again."))
    for name in names:
        if (
            name.endswith("settings.xml.rels")
            and b"attachedTemplate" in (relations := _read(package, name))
            and b"External" in relations
        ):
            raise NotTaken(_("This document fetches its template from elsewhere. Save it as PDF and try again."))
    if DOCX.encode() + b".main+xml" in types and "word/document.xml" in names:
        return Paper(DOCX, "docx")
    if XLSX.encode() + b".main+xml" in types and "xl/workbook.xml" in names:
        return Paper(XLSX, "xlsx")
    return None


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as entry:
        return entry.read(MEGABYTE)


def _text(content: bytes, name: str) -> Paper:
    other = NotTaken(what_we_take())
    if MARKUP.search(content[:4096]) or content.startswith(b"#!"):
        raise NotTaken(_("This file holds web page code or a program; we do not take those."))
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise other from error
    if not text.strip() or CONTROL.search(text) or MARKUP.search(text[:4096].encode()):
        raise other
    match name.lower().rpartition(".")[2]:
        case "csv":
            return Paper("text/csv", "csv")
        case "txt":
            return Paper("text/plain", "txt")
    raise other


def plain_name(name: str, extension: str, length: int) -> str:
    """The name as given, without folders, tricks of direction or control characters, and with the ending that is true."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        letter for letter in last if unicodedata.category(letter)[0] not in "C" and letter not in '<>:"|?*%#&;`'
    )
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 5 or not ending.isalnum():
        stem = kept
    stem = re.sub(r"\s+", " ", stem).strip(" .")[: length - len(extension) - 1].strip(" .")
    return f"{stem or 'file'}.{extension}"
