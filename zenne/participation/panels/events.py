"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "panel.formed": _("Panel formed"),
    "panel.changed": _("Panel changed"),
    "panel.renewed": _("New term opened"),
    "panel.split": _("Half of the seats end on another day"),
    "panel.ended": _("Panel ended"),
    "panel.seated": _("Seat given"),
    "panel.vacated": _("Seat left"),
    "panel.term_over": _("Seat ended with its term"),
    "panel.contact_changed": _("How to reach a member changed"),
    "panel.introduced": _("Member chose what everyone reads"),
    "panel.code_made": _("New code made for a seat"),
    "panel.claimed": _("Seat joined with an account"),
}.items():
    events.register(event, words)
