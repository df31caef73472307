"""The files of advices, and of the answers to them, that everyone may read; none of them changes any more."""

from django.db.models import Q, QuerySet
from wagtail.documents.models import AbstractDocument

from zenne.people.organisations.library import library, signed

from .models import Advice
from .queries import public


def shown_by(file: AbstractDocument) -> QuerySet[Advice]:
    return public().filter(Q(file=file.pk) | Q(answer_file=file.pk, answered_at__isnull=False))


library.register("advices", shown_by)
signed.register("advices", shown_by)
