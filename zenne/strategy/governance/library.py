"""The minutes of sittings, once they are public."""

from zenne.people.organisations.library import library

from .enums import SittingState
from .queries import sittings

library.register(
    "governance", lambda file, request: sittings().filter(file=file.pk, state=SittingState.PUBLISHED).exists()
)
