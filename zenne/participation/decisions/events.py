"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "body.created": _("Body created"),
    "body.changed": _("Body changed"),
    "body.deleted": _("Body deleted"),
    "decision.prepared": _("Decision begun"),
    "decision.edited": _("Words of the decision changed"),
    "decision.discarded": _("Decision thrown away before its publication"),
    "decision.published": _("Decision published"),
    "commitment.made": _("Commitment made"),
    "commitment.state": _("State of the commitment changed"),
    "milestone.added": _("Milestone added"),
    "milestone.changed": _("Milestone changed"),
    "milestone.done": _("Milestone done"),
}.items():
    events.register(event, words)
