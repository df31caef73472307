"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "report.created": _("Report prepared"),
    "report.changed": _("Report changed"),
    "report.making": _("Making of a report asked for"),
    "report.published": _("Report published"),
    "report.restored": _("Report published again"),
    "report.withdrawn": _("Report withdrawn"),
    "report.deleted": _("Report deleted before it was public"),
}.items():
    events.register(event, words)
