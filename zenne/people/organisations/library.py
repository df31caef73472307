"""Who may fetch a file of an organisation's library: its staff, and everyone once something public shows it. And which files stay as they are.

library.register("decisions", shows)     # in decisions/library.py: (file, request) -> bool, True where this reader may read what shows it
signed.register("decisions", holds)      # (file) -> bool, True where what shows it was published once and for all
"""

from collections.abc import Callable

from django.http import HttpRequest
from wagtail.documents.models import AbstractDocument
from wagtail.permissions import policy_registry

from zenne.core.registry import Registry

library: Registry[Callable[[AbstractDocument, HttpRequest], bool]] = Registry("library")
signed: Registry[Callable[[AbstractDocument], bool]] = Registry("library")


def may_fetch(file: AbstractDocument, request: HttpRequest) -> bool:
    policy = policy_registry.get_by_type(type(file))
    if request.user.is_authenticated and policy.user_has_permission_for_instance(request.user, "view", file):
        return True
    return any(shows(file, request) for shows in library.values())


def stays(file: AbstractDocument) -> bool:
    """Whether its content can no longer be replaced by another."""
    return any(holds(file) for holds in signed.values())
