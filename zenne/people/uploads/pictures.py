"""A picture is never kept as it came: it is read, turned upright, made smaller and written anew.

Nothing of the original file survives but its pixels: no place, no camera, no comment, no second file hidden behind the picture.
"""

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from .errors import NotTaken, TooBig
from .limits import LONGEST_SIDE, MEGABYTE, PIXELS, THUMBNAIL_SIDE

TYPES = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}
LARGE_PNG = MEGABYTE


@dataclass(frozen=True)
class Picture:
    content: bytes
    thumbnail: bytes
    content_type: str
    extension: str
    width: int
    height: int


def redraw(content: bytes) -> Picture:
    """The same picture, written by us. Raises NotTaken or TooBig."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            source = Image.open(io.BytesIO(content), formats=tuple(TYPES))
            kind = (
                source.format if source.format in TYPES else "JPEG"
            )  # telephones write several pictures into one JPEG ("MPO")
            _reasonable(source.size, PIXELS[kind])
            source.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # decodes a large JPEG at a fraction of its memory
            source.load()
            picture = _plain(source)
    except TooBig:
        raise
    except Image.DecompressionBombError as error:
        raise TooBig(_("This picture has far too many pixels.")) from error
    except Exception as error:  # a hostile or broken file may raise anything inside the decoders
        raise NotTaken(
            _("This picture cannot be read. Open it on your device and save it again as JPEG or PNG.")
        ) from error
    written = _written(picture, kind)
    if kind == "PNG" and picture.mode == "RGB" and len(written) > LARGE_PNG:
        kind, written = "JPEG", _written(picture, "JPEG")
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    content_type, extension = TYPES[kind]
    return Picture(written, _written(small, kind), content_type, extension, *picture.size)


def _reasonable(size: tuple[int, int], limit: int) -> None:
    width, height = size
    if width * height > limit:
        words = _("This picture has %(width)d × %(height)d pixels. We take up to %(limit)d million pixels.")
        raise TooBig(words % {"width": width, "height": height, "limit": limit // 1_000_000})


def _plain(picture: Image.Image) -> Image.Image:
    """Upright pixels in sRGB, with transparency only where there is some; everything else that a file can carry is left behind."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if picture.mode.startswith("I"):  # 16 bits a pixel
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode not in ("RGB", "RGBA", "L", "CMYK"):
        picture = picture.convert(mode)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = ImageOps.exif_transpose(picture)
    if profile := picture.info.get("icc_profile"):
        picture = _in_srgb(picture, profile)
    picture = picture.convert(mode)
    bare = Image.new(mode, picture.size)
    bare.paste(picture)
    return bare


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a broken colour profile: slightly wrong colours beat no picture
    return converted or picture


def _written(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    match kind:
        case "JPEG":
            picture.save(out, "JPEG", quality=85, optimize=True, progressive=True)
        case "WEBP":
            picture.save(out, "WEBP", quality=84, method=4)
        case _:
            picture.save(out, "PNG", compress_level=7)
    return out.getvalue()
