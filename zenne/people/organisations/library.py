"""Who may fetch a file of an organisation's library: its staff, and everyone once something public shows it. And which files stay as they are.

library.register("decisions", shown_by)     # in decisions/library.py: (file) -> the public rows that show it
previews.register("processes", shows)       # (file, request) -> bool, True where this reader may read a draft that shows it
signed.register("decisions", shown_by)      # (file) -> the rows that were published with it once and for all
"""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from wagtail.documents.models import AbstractDocument
from wagtail.permissions import policy_registry

from zenne.core.registry import Registry

Rows = Callable[[AbstractDocument], QuerySet[Any]]

library: Registry[Rows] = Registry("library")
previews: Registry[Callable[[AbstractDocument, HttpRequest], bool]] = Registry("library")
signed: Registry[Rows] = Registry("library")


def may_fetch(file: AbstractDocument, request: HttpRequest) -> bool:
    """What is public is one question, however many apps show files; the rest is asked only of what is not."""
    if _any(library, file):
        return True
    policy = policy_registry.get_by_type(type(file))
    if request.user.is_authenticated and policy.user_has_permission_for_instance(request.user, "view", file):
        return True
    return any(shows(file, request) for shows in previews.values())


def stays(file: AbstractDocument) -> bool:
    """Whether its content can no longer be replaced by another."""
    return _any(signed, file)


def _any(registry: Registry[Rows], file: AbstractDocument) -> bool:
    """One question: each app's rows are looked for until one of them has some."""
    found = reduce(or_, (Exists(rows(file)) for rows in registry.values()))
    return bool(type(file)._default_manager.filter(found, pk=file.pk).exists())
