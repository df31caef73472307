"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "areas.imported": _("Areas imported"),
    "area.changed": _("Area changed"),
    "residence.set": _("Place of residence given"),
}.items():
    events.register(event, words)
