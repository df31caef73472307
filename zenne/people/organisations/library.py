"""Who may fetch a file of an organisation's library: its staff, and everyone once something public shows it.

library.register("decisions", shows)     # in decisions/library.py: (file, request) -> bool, True where this reader may read what shows it
"""

from collections.abc import Callable

from django.http import HttpRequest
from wagtail.documents.models import AbstractDocument
from wagtail.permissions import policy_registry

from zenne.core.registry import Registry

library: Registry[Callable[[AbstractDocument, HttpRequest], bool]] = Registry("library")


def may_fetch(file: AbstractDocument, request: HttpRequest) -> bool:
    policy = policy_registry.get_by_type(type(file))
    if request.user.is_authenticated and policy.user_has_permission_for_instance(request.user, "view", file):
        return True
    return any(shows(file, request) for shows in library.values())
