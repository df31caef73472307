"""What the pages of the back office of ideas share."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.urls import reverse

from zenne.core.numbers import key_of

Row = TypeVar("Row", bound=Model)


def mine(rows: QuerySet[Row], pk: object) -> Row:
    """The row with this number among one's own. What is not there and what is somebody else's get the same answer: no."""
    found = rows.filter(pk=key_of(str(pk))).first()
    if found is None:
        raise PermissionDenied
    return found


def list_url(filters: str = "") -> str:
    return f"{reverse('idea:index')}?{filters}" if filters else reverse("idea:index")


def idea_url(pk: int) -> str:
    return reverse("idea:edit", args=[pk])
