"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "idea.submitted": _("Idea sent"),
    "idea.edited": _("Idea corrected by its author"),
    "idea.adapted": _("Idea adapted by its author after a study"),
    "idea.published": _("Idea published"),
    "idea.rejected": _("Idea refused"),
    "idea.withdrawn": _("Idea withdrawn by its author"),
    "idea.merged": _("Idea merged into another one"),
    "idea.merge_proposed": _("Merge proposed"),
    "idea.merge_agreed": _("An author agreed to the merge"),
    "idea.merge_declined": _("An author declined the merge"),
    "idea.admissible": _("Idea found admissible"),
    "idea.inadmissible": _("Idea found not admissible"),
    "idea.costed": _("Cost of the idea estimated"),
    "idea.shortlisted": _("Idea shortlisted"),
    "idea.not_shortlisted": _("Idea not shortlisted"),
    "idea.on_ballot": _("Idea put to the vote"),
    "idea.selected": _("Idea selected"),
    "idea.not_selected": _("Idea not selected"),
    "idea.in_delivery": _("Idea being carried out"),
    "idea.done": _("Idea carried out"),
    "idea.answered": _("Official answer published"),
    "idea.assigned": _("Idea assigned to a colleague"),
    "idea.moved": _("Idea moved"),
    "idea.noted": _("Internal note written"),
    "idea.tagged": _("Tags changed"),
    "idea.supported": _("Idea supported"),
    "idea.opposed": _("Idea opposed"),
    "idea.support_withdrawn": _("Support or opposition taken back"),
    "ideation.changed": _("Settings of the call changed"),
}.items():
    events.register(event, words)
