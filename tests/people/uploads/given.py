"""Files as people (and attackers) send them, made here so that each test says what is in them."""

import io
import struct
import zipfile
import zlib
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
SCRIPT = b"<script>alert(document.cookie)</script>"


def sent(content: bytes, name: str = "file") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (80, 60), mode: str = "RGB", colour: object = "red", **options: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def photo_with_place(orientation: int = 6) -> bytes:
    """A photo as a telephone writes it: lying on its side, and saying where and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCameraMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 50.0, 47.0), 3: "E", 4: (4.0, 21.0, 5.0)})
    return picture("JPEG", (80, 60), exif=exif.tobytes(), comment=b"secret comment")


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of some kilobytes that claims 2.5 thousand million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


def pdf(objects: bytes = b"", before: bytes = b"", after: bytes = b"") -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    return before + body + objects + b"\ntrailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n0\n%%EOF\n" + after


def package(files: dict[str, bytes], stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def types(part: str, kind: str) -> bytes:
    override = (
        f'<Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>'
    )
    return f'<?xml version="1.0"?><Types xmlns="x">{override}</Types>'.encode()


def docx(**more: bytes) -> bytes:
    files = {
        "[Content_Types].xml": types("/word/document.xml", "wordprocessingml.document"),
        "word/document.xml": b"<w:document/>",
    }
    return package(files | {name.replace("__", "/"): content for name, content in more.items()})


def xlsx() -> bytes:
    return package(
        {"[Content_Types].xml": types("/xl/workbook.xml", "spreadsheetml.sheet"), "xl/workbook.xml": b"<workbook/>"}
    )


def odt(**more: bytes) -> bytes:
    files = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office:document-content/>"}
    return package(files | {name.replace("__", "/"): content for name, content in more.items()})
