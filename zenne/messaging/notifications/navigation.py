"""The way to one's messages, in the account menu."""

from django.utils.translation import gettext_lazy as _

from zenne.web.navigation import Entry, Place, register

register(Entry(Place.ACCOUNT, _("Messages"), "notifications:inbox", icon="bell", order=20))
