"""The minutes of sittings, once they are public; then they change no more."""

from wagtail.documents.models import AbstractDocument

from zenne.people.organisations.library import library, signed

from .enums import SittingState
from .queries import sittings


def holds(file: AbstractDocument) -> bool:
    return sittings().filter(file=file.pk, state=SittingState.PUBLISHED).exists()


library.register("governance", lambda file, request: holds(file))
signed.register("governance", holds)
