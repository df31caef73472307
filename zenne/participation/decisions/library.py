"""The files of decisions that everyone may read; none of them changes any more."""

from django.db.models import QuerySet
from wagtail.documents.models import AbstractDocument

from zenne.people.organisations.library import library, signed

from .models import Decision
from .queries import published


def shown_by(file: AbstractDocument) -> QuerySet[Decision]:
    return published().filter(file=file.pk)


library.register("decisions", shown_by)
signed.register("decisions", shown_by)
