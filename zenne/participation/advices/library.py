"""The files of advices, and of the answers to them, that everyone may read."""

from django.db.models import Q

from zenne.people.organisations.library import library

from .queries import public

library.register(
    "advices",
    lambda file, request: public().filter(Q(file=file.pk) | Q(answer_file=file.pk, answered_at__isnull=False)).exists(),
)
