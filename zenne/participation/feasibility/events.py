"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "feasibility.changed": _("Settings of the feasibility study changed"),
    "feasibility.listed": _("Final list with its costs published"),
    "service.created": _("Service created"),
    "service.changed": _("Service changed"),
    "service.deleted": _("Service deleted"),
    "study.sent": _("Idea sent to a service"),
    "study.begun": _("Study begun"),
    "study.answered": _("Answer of the service given"),
    "study.adapted": _("Idea adapted by its author"),
    "study.recalled": _("Study taken back"),
}.items():
    events.register(event, words)
