"""What plans, revisions, projects, needs and pilots may become, as tables; the README's diagrams are printed from them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanState(TextChoices):
    DRAFT = "draft", pgettext_lazy("plan", "Being prepared")
    VALID = "valid", pgettext_lazy("plan", "In force")
    REPLACED = "replaced", pgettext_lazy("plan", "Replaced")
    ARCHIVED = "archived", pgettext_lazy("plan", "Archived")


# Into force a plan comes by a revision that a College or a council decided, and by nothing else (migration 0001).
PLAN_TRANSITIONS: dict[PlanState, tuple[PlanState, ...]] = {
    PlanState.DRAFT: (PlanState.VALID, PlanState.ARCHIVED),
    PlanState.VALID: (PlanState.REPLACED, PlanState.ARCHIVED),
    PlanState.REPLACED: (PlanState.ARCHIVED,),
    PlanState.ARCHIVED: (),
}


class RevisionState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("revision", "Proposed")
    VALID = "valid", pgettext_lazy("revision", "Decided")
    REFUSED = "refused", pgettext_lazy("revision", "Refused")


REVISION_TRANSITIONS: dict[RevisionState, tuple[RevisionState, ...]] = {
    RevisionState.PROPOSED: (RevisionState.VALID, RevisionState.REFUSED),
    RevisionState.VALID: (),
    RevisionState.REFUSED: (),
}


class DomainKind(TextChoices):
    DOMAIN = "domain", pgettext_lazy("strategy", "Domain")
    FOUNDATION = "foundation", pgettext_lazy("strategy", "Foundation")


class ProjectState(TextChoices):
    LONGLISTED = "longlisted", pgettext_lazy("planned project", "On the longlist")
    SHEET = "sheet", pgettext_lazy("planned project", "Sheet being written")
    SHORTLISTED = "shortlisted", pgettext_lazy("planned project", "On the shortlist")
    VALIDATED = "validated", pgettext_lazy("planned project", "Validated")
    SCHEDULED = "scheduled", pgettext_lazy("planned project", "To be scheduled")
    ONGOING = "ongoing", pgettext_lazy("planned project", "Under way")
    ACHIEVED = "achieved", pgettext_lazy("planned project", "Achieved")
    STOPPED = "stopped", pgettext_lazy("planned project", "Stopped")
    TERMINATED = "terminated", pgettext_lazy("planned project", "Ended")


S = ProjectState
TRANSITIONS: dict[ProjectState, tuple[ProjectState, ...]] = {
    S.LONGLISTED: (S.SHEET, S.STOPPED, S.TERMINATED),
    S.SHEET: (S.SHORTLISTED, S.LONGLISTED, S.STOPPED, S.TERMINATED),
    S.SHORTLISTED: (S.VALIDATED, S.SHEET, S.STOPPED, S.TERMINATED),
    S.VALIDATED: (S.SCHEDULED, S.ONGOING, S.STOPPED, S.TERMINATED),
    S.SCHEDULED: (S.ONGOING, S.VALIDATED, S.STOPPED, S.TERMINATED),
    S.ONGOING: (S.ACHIEVED, S.SCHEDULED, S.STOPPED, S.TERMINATED),
    S.ACHIEVED: (S.ONGOING,),
    S.STOPPED: (S.SHEET, S.SCHEDULED, S.ONGOING),
    S.TERMINATED: (),
}
# Forward everybody sees why by itself; whoever stops, ends, goes back or begins again says it to everyone.
FORWARD: frozenset[tuple[ProjectState, ProjectState]] = frozenset(
    {
        (S.LONGLISTED, S.SHEET),
        (S.SHEET, S.SHORTLISTED),
        (S.SHORTLISTED, S.VALIDATED),
        (S.VALIDATED, S.SCHEDULED),
        (S.VALIDATED, S.ONGOING),
        (S.SCHEDULED, S.ONGOING),
        (S.ONGOING, S.ACHIEVED),
    }
)
# A College or a council decided about it: the revision that named it stays beside it (migration 0001).
DECIDED: tuple[ProjectState, ...] = (S.VALIDATED, S.SCHEDULED, S.ONGOING, S.ACHIEVED)
# What staff are still writing is theirs; from the shortlist on, and where it was stopped, everyone reads it.
PUBLIC: tuple[ProjectState, ...] = (S.SHORTLISTED, *DECIDED, S.STOPPED, S.TERMINATED)
RUNNING: tuple[ProjectState, ...] = (S.VALIDATED, S.SCHEDULED, S.ONGOING)
ENDED: tuple[ProjectState, ...] = (S.ACHIEVED, S.STOPPED, S.TERMINATED)


def needs_reason(before: ProjectState, after: ProjectState) -> bool:
    return (before, after) not in FORWARD


class Health(TextChoices):
    """How a project does, whatever its state."""

    UNKNOWN = "unknown", pgettext_lazy("health of a project", "Not said")
    ON_TRACK = "on_track", pgettext_lazy("health of a project", "On track")
    AT_RISK = "at_risk", pgettext_lazy("health of a project", "At risk")
    OFF_TRACK = "off_track", pgettext_lazy("health of a project", "Off track")


class Funding(TextChoices):
    """Where money comes from."""

    OWN = "own", pgettext_lazy("money", "Own means")
    REGIONAL = "regional", pgettext_lazy("money", "Regional")
    FEDERAL = "federal", pgettext_lazy("money", "Federal")
    EUROPEAN = "european", pgettext_lazy("money", "European")
    PRIVATE = "private", pgettext_lazy("money", "Private")


class Helix(TextChoices):
    """The four kinds of actors who make a city together."""

    PUBLIC = "public", pgettext_lazy("partner", "Public authority")
    PRIVATE = "private", pgettext_lazy("partner", "Company")
    KNOWLEDGE = "knowledge", pgettext_lazy("partner", "Research and education")
    CIVIL = "civil", pgettext_lazy("partner", "Residents and associations")


class Part(TextChoices):
    """What a department or a partner does in a project."""

    CARRIES = "carries", pgettext_lazy("part in a project", "Carries it too")
    WORKS = "works", pgettext_lazy("part in a project", "Works on it")
    FUNDS = "funds", pgettext_lazy("part in a project", "Funds it")
    ADVISES = "advises", pgettext_lazy("part in a project", "Advises")
    USES = "uses", pgettext_lazy("part in a project", "Uses what comes of it")


class Share(TextChoices):
    """How much of what somebody proposed or decided a project takes up."""

    WHOLE = "whole", pgettext_lazy("origin", "Taken up whole")
    PART = "part", pgettext_lazy("origin", "Taken up in part")
    INSPIRED = "inspired", pgettext_lazy("origin", "Inspired it")


class OriginKind(TextChoices):
    """What a project can come from."""

    IDEA = "idea", _("An idea")
    SELECTION = "selection", _("A selection or the result of a vote")
    DECISION = "decision", _("A decision")
    RECOMMENDATION = "recommendation", _("A recommendation of an advice")


class NeedFrom(TextChoices):
    DEPARTMENT = "department", pgettext_lazy("need", "A department")
    PARTNER = "partner", pgettext_lazy("need", "A partner")
    CITIZEN = "citizen", pgettext_lazy("need", "Residents")


class NeedState(TextChoices):
    OPEN = "open", pgettext_lazy("need", "To be looked at")
    TAKEN_UP = "taken_up", pgettext_lazy("need", "Taken up")
    DECLINED = "declined", pgettext_lazy("need", "Not taken up")


NEED_TRANSITIONS: dict[NeedState, tuple[NeedState, ...]] = {
    NeedState.OPEN: (NeedState.TAKEN_UP, NeedState.DECLINED),
    NeedState.TAKEN_UP: (),
    NeedState.DECLINED: (NeedState.OPEN,),
}


class Verdict(TextChoices):
    """What a pilot showed of what it set out to show."""

    CONFIRMED = "confirmed", pgettext_lazy("pilot", "Confirmed")
    REFUTED = "refuted", pgettext_lazy("pilot", "Refuted")
    INCONCLUSIVE = "inconclusive", pgettext_lazy("pilot", "Inconclusive")
