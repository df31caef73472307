"""What staff read in a history, for the event that this app records by itself."""

from django.utils.translation import gettext_lazy as _

from .kinds import READ, events

events.register(READ, _("Personal data seen by staff"))
