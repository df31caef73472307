"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "body_seat.filled": _("Member of the body entered"),
    "body_seat.changed": _("Member of the body changed"),
    "seat.deleted": _("Member of the body deleted"),
    "sitting.begun": _("Sitting begun"),
    "sitting.changed": _("Moment or place of the sitting changed"),
    "sitting.discarded": _("Sitting thrown away before anybody was called"),
    "sitting.agenda": _("Agenda changed"),
    "sitting.called": _("Members called, agenda public"),
    "sitting.held": _("Sitting held"),
    "sitting.cancelled": _("Sitting cancelled"),
    "sitting.resolved": _("Outcome of an item entered"),
    "sitting.minuted": _("Minutes written"),
    "sitting.published": _("Minutes published"),
    "review.opened": _("Review begun"),
    "review.moved": _("Day of a step moved"),
    "review.measure": _("Measuring done"),
    "review.report": _("Report made"),
    "review.revision": _("Put before the body"),
    "review.decision": _("Decided by the body"),
    "review.refused": _("Refused by the body"),
    "review.money": _("Proposed change of the budget written"),
    "review.budget": _("Budget changed, review closed"),
    "grant_call.entered": _("Call entered"),
    "grant_call.changed": _("Call changed"),
    "call.deleted": _("Call deleted"),
    "match.made": _("Project matched with a call"),
    "match.changed": _("Application changed"),
    "match.moved": _("State of the application changed"),
    "register.made": _("Entry made"),
    "register.changed": _("Entry changed"),
    "entry.deleted": _("Entry deleted"),
}.items():
    events.register(event, words)
