"""States and their transitions, each as one table; the README's diagrams are printed from them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MemberState(TextChoices):
    """Where an invited person stands. Only who accepted the charter reads, scores and deliberates."""

    INVITED = "invited", pgettext_lazy("member", "Invited")
    ACCEPTED = "accepted", pgettext_lazy("member", "Accepted the charter")
    DECLINED = "declined", pgettext_lazy("member", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("member", "Invitation taken back")
    RESIGNED = "resigned", pgettext_lazy("member", "Left the jury")


MEMBER_TRANSITIONS: dict[MemberState, tuple[MemberState, ...]] = {
    MemberState.INVITED: (MemberState.ACCEPTED, MemberState.DECLINED, MemberState.WITHDRAWN),
    MemberState.ACCEPTED: (MemberState.RESIGNED,),
    MemberState.DECLINED: (MemberState.INVITED,),
    MemberState.WITHDRAWN: (MemberState.INVITED,),
    MemberState.RESIGNED: (MemberState.INVITED,),
}


class AssessmentState(TextChoices):
    """What one member makes of one thing. LOCKED is for ever: the jury has published."""

    IN_PROGRESS = "in_progress", pgettext_lazy("assessment", "In progress")
    SUBMITTED = "submitted", pgettext_lazy("assessment", "Submitted")
    LOCKED = "locked", pgettext_lazy("assessment", "Locked")
    RECUSED = "recused", pgettext_lazy("assessment", "Recused")


ASSESSMENT_TRANSITIONS: dict[AssessmentState, tuple[AssessmentState, ...]] = {
    AssessmentState.IN_PROGRESS: (AssessmentState.SUBMITTED, AssessmentState.RECUSED),
    AssessmentState.SUBMITTED: (AssessmentState.LOCKED, AssessmentState.IN_PROGRESS, AssessmentState.RECUSED),
    AssessmentState.RECUSED: (AssessmentState.IN_PROGRESS,),
    AssessmentState.LOCKED: (),
}

SCORED: tuple[AssessmentState, ...] = (AssessmentState.SUBMITTED, AssessmentState.LOCKED)


class Blind(TextChoices):
    """Until when a member sees nobody else's scores. Whoever is no member sees none before the deliberation, in either case."""

    OWN = "own", _("Until their own assessment is submitted")
    ALL = "all", _("Until the deliberation opens")


class Comments(TextChoices):
    """Who reads what members write beside their scores. Never with a name."""

    PRIVATE = "private", _("For the jury only")
    PUBLISHED = "published", _("Published with the result, without names")


class Stage(TextChoices):
    """Where a jury stands; derived from its activity's window, its sessions and its selection."""

    PREPARING = "preparing", _("In preparation")
    SCORING = "scoring", _("Scoring")
    WAITING = "waiting", _("Scoring is over")
    DELIBERATING = "deliberating", _("Deliberation")
    PUBLISHED = "published", pgettext_lazy("jury", "Published")
