"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "export.asked": _("Export asked for"),
    "export.taken": _("Export downloaded"),
    "export.cancelled": _("Export cancelled"),
    "terms.created": _("Licence of open data chosen"),
    "terms.changed": _("Licence of open data changed"),
    "terms.deleted": _("Licence of open data put back to the usual one"),
}.items():
    events.register(event, words)
