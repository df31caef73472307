"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "campaign.created": _("Campaign written"),
    "campaign.changed": _("Campaign changed"),
    "campaign.deleted": _("Campaign thrown away"),
    "campaign.scheduled": _("Campaign scheduled"),
    "campaign.unscheduled": _("Campaign taken back before it left"),
    "campaign.started": _("Sending of the campaign began"),
    "campaign.sent": _("Campaign sent"),
    "campaign.stopped": _("Campaign stopped while it was being sent"),
}.items():
    events.register(event, words)
