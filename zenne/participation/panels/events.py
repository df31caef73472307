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
    "panel.contact_forgotten": _("How to reach a former member destroyed"),
    "panel.introduced": _("Member chose what everyone reads"),
    "panel.code_made": _("New code made for a seat"),
    "panel.claimed": _("Seat joined with an account"),
    "panel.welcomed": _("Welcome sent to a member"),
    "panel.code_shown": _("Letter with the code of a seat shown"),
    "panel.attendance_taken": _("Attendance of a meeting taken"),
    "panel.payout_closed": _("List to pay closed"),
    "panel.payout_taken": _("List to pay taken as a file"),
    "panel.paper_added": _("Document added to the room"),
    "panel.paper_published": _("Document of the room published"),
    "panel.paper_taken_back": _("Document kept for the room again"),
    "panel.paper_removed": _("Document of the room thrown away"),
    "panel.post_hidden": _("Words in the room hidden"),
    "panel.post_shown": _("Words in the room shown again"),
    "panel.topic_closed": _("Topic in the room closed"),
    "panel.topic_opened_again": _("Topic in the room opened again"),
    "panel.poll_asked": _("Straw poll asked"),
    "panel.poll_closed": _("Straw poll closed"),
    "panel.draft_begun": _("Text of the panel begun"),
    "panel.draft_moved": _("Text of the panel moved on"),
    "panel.draft_issued": _("Text of the panel issued as an advice"),
    "panel.amendment_proposed": _("Amendment proposed"),
    "panel.amendment_withdrawn": _("Amendment taken back"),
    "panel.amendment_decided": _("Amendment decided"),
}.items():
    events.register(event, words)
