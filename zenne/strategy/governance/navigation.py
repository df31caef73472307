"""The way to who decides, from the foot of every page; the pages of plans lead there too."""

from django.utils.translation import gettext_lazy as _

from zenne.web.navigation import Entry, Place, register

register(Entry(Place.FOOTER, _("Who decides"), "governance:home", order=20))
