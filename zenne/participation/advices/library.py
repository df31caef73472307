"""The files of advices, and of the answers to them, that everyone may read; none of them changes any more."""

from django.db.models import Q
from wagtail.documents.models import AbstractDocument

from zenne.people.organisations.library import library, signed

from .queries import public


def holds(file: AbstractDocument) -> bool:
    return public().filter(Q(file=file.pk) | Q(answer_file=file.pk, answered_at__isnull=False)).exists()


library.register("advices", lambda file, request: holds(file))
signed.register("advices", holds)
