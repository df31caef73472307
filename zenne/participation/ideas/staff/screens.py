"""What the pages of the back office of ideas share."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.urls import reverse

Row = TypeVar("Row", bound=Model)


def mine(rows: QuerySet[Row], pk: object) -> Row:
    """The row with this number among one's own. What is not there and what is somebody else's get the same answer: no."""
    key = str(pk)
    found = rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 16 else None
    if found is None:
        raise PermissionDenied
    return found


def list_url(filters: str = "") -> str:
    return f"{reverse('idea:index')}?{filters}" if filters else reverse("idea:index")


def idea_url(pk: int) -> str:
    return reverse("idea:edit", args=[pk])
