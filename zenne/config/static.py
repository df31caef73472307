"""Static files under names that carry their content, compressed once."""

import gzip
from io import BytesIO

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: What a page of ours needs is smaller; what is larger belongs to the back office and its editors.
LARGE = 200_000
QUALITY, QUICK = 11, 6


class QuickCompressor(Compressor):
    """What is large is given nine tenths of the saving for a tenth of the time: the first start must not wait a minute and a half for the last percent.

    The rest is made as small as it goes: one second for all of it.
    """

    @staticmethod
    def compress_gzip(data: bytes) -> bytes:
        output = BytesIO()
        with gzip.GzipFile(filename="", mode="wb", fileobj=output, compresslevel=6, mtime=0) as file:
            file.write(data)
        return output.getvalue()

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=QUICK if len(data) > LARGE else QUALITY)


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Source maps are not published, so nothing looks for them. A missing name is a fault of ours, seen in the log, not a broken page."""

    manifest_strict = False
    patterns = (
        (
            "*.css",
            (
                r"""(?P<matched>url\(['"]{0,1}\s*(?P<url>.*?)["']{0,1}\))""",
                (r"""(?P<matched>@import\s*["']\s*(?P<url>.*?)["'])""", """@import url("%(url)s")"""),
            ),
        ),
    )

    def create_compressor(self, **kwargs: object) -> Compressor:
        return QuickCompressor(**kwargs)
