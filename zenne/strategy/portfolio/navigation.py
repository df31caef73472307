"""The way to the plans, in the main menu."""

from django.utils.translation import gettext_lazy as _

from zenne.web.navigation import Entry, Place, register

register(Entry(Place.MAIN, _("Strategy"), "portfolio:plans", order=20))
