"""The files of decisions that everyone may read."""

from zenne.people.organisations.library import library

from .queries import published

library.register("decisions", lambda file, request: published().filter(file=file.pk).exists())
