"""The manual in the footer. One's tokens are reached from one's account pages (`slots.py`)."""

from django.utils.translation import gettext_lazy as _

from zenne.web.navigation import Entry, Place, register

register(Entry(Place.FOOTER, _("For developers"), "api:manual", order=60))
