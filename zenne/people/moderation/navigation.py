"""The way to what moderators decided about one's contributions."""

from django.utils.translation import gettext_lazy as _

from zenne.web.navigation import Entry, Place, register

register(Entry(Place.ACCOUNT, _("Decisions about what I wrote"), "moderation:mine", icon="flag", order=35))
