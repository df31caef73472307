"""The files of decisions that everyone may read; none of them changes any more."""

from wagtail.documents.models import AbstractDocument

from zenne.people.organisations.library import library, signed

from .queries import published


def holds(file: AbstractDocument) -> bool:
    return published().filter(file=file.pk).exists()


library.register("decisions", lambda file, request: holds(file))
signed.register("decisions", holds)
