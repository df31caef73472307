"""How much is too much, in one place. Sizes in bytes, lengths in pixels."""

from datetime import timedelta

MEGABYTE = 1024 * 1024
IMAGE_BYTES = 8 * MEGABYTE
FILE_BYTES = 10 * MEGABYTE
DOCUMENT_BYTES = 25 * MEGABYTE  # of staff: signed decisions are often scans
PIXELS = {
    "JPEG": 60_000_000,
    "PNG": 30_000_000,
    "WEBP": 30_000_000,
}  # more is a bomb or a poster; only JPEG can be read small
LONGEST_SIDE = 2400
THUMBNAIL_SIDE = 640

PER_CLAIM = 12
PER_PERSON_A_DAY = 60
PER_SOURCE_AN_HOUR = 60
ALT_LENGTH = 250
NAME_LENGTH = 100

A_DAY = timedelta(days=1)
UNCLAIMED_FOR = timedelta(days=7)
DRAFTS_FOR = timedelta(days=60)
