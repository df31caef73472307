"""The way to the plans, in the main menu, once one is public."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zenne.core.memory import Remembered
from zenne.web.navigation import Entry, Place, register

from .queries import public_plans

_any: Remembered[bool] = Remembered()


def stands(request: HttpRequest) -> bool:
    """A menu without dead ends."""
    return _any.get("plans", lambda: public_plans().exists())


register(Entry(Place.MAIN, _("Strategy"), "portfolio:plans", order=20, shown=stands))
