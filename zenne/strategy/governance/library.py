"""The minutes of sittings, once they are public; then they change no more."""

from django.db.models import QuerySet
from wagtail.documents.models import AbstractDocument

from zenne.people.organisations.library import library, signed

from .enums import SittingState
from .models import Sitting
from .queries import sittings


def shown_by(file: AbstractDocument) -> QuerySet[Sitting]:
    return sittings().filter(file=file.pk, state=SittingState.PUBLISHED)


library.register("governance", shown_by)
signed.register("governance", shown_by)
