"""What an idea may be and become, as one table; the README's diagram is printed from it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IdeaState(TextChoices):
    """Where an idea stands. A draft is not an idea yet: it is a row of its own (`Draft`)."""

    SUBMITTED = "submitted", _("Waiting to be read")
    PUBLISHED = "published", pgettext_lazy("idea", "Published")
    REJECTED = "rejected", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    MERGED = "merged", _("Merged into another idea")
    ADMISSIBLE = "admissible", _("Admissible")
    INADMISSIBLE = "inadmissible", _("Not admissible")
    COSTED = "costed", _("Cost estimated")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    NOT_SHORTLISTED = "not_shortlisted", _("Not shortlisted")
    ON_BALLOT = "on_ballot", _("Put to the vote")
    SELECTED = "selected", _("Selected")
    NOT_SELECTED = "not_selected", _("Not selected")
    IN_DELIVERY = "in_delivery", _("Being carried out")
    DONE = "done", pgettext_lazy("idea", "Done")


S = IdeaState

# From each state, where an idea may go. A moderator may hide it anywhere but on a ballot, which is not changed while people vote; taken back, it stands where
# it stood. A step back (an appeal, a decision revised, a merge undone) is a step like any other, with its reason.
TRANSITIONS: dict[IdeaState, tuple[IdeaState, ...]] = {
    S.SUBMITTED: (S.PUBLISHED, S.REJECTED, S.WITHDRAWN),
    S.PUBLISHED: (S.ADMISSIBLE, S.INADMISSIBLE, S.REJECTED, S.MERGED, S.WITHDRAWN),
    S.REJECTED: (
        S.PUBLISHED,
        S.ADMISSIBLE,
        S.INADMISSIBLE,
        S.COSTED,
        S.SHORTLISTED,
        S.NOT_SHORTLISTED,
        S.NOT_SELECTED,
        S.SELECTED,
        S.IN_DELIVERY,
        S.DONE,
        S.MERGED,
    ),
    S.WITHDRAWN: (),
    S.MERGED: (S.PUBLISHED, S.ADMISSIBLE, S.COSTED, S.REJECTED),
    S.ADMISSIBLE: (S.COSTED, S.SHORTLISTED, S.NOT_SHORTLISTED, S.INADMISSIBLE, S.REJECTED, S.MERGED, S.WITHDRAWN),
    S.INADMISSIBLE: (S.ADMISSIBLE, S.REJECTED, S.WITHDRAWN),
    S.COSTED: (S.SHORTLISTED, S.NOT_SHORTLISTED, S.INADMISSIBLE, S.REJECTED, S.MERGED, S.WITHDRAWN),
    S.SHORTLISTED: (S.ON_BALLOT, S.SELECTED, S.NOT_SELECTED, S.NOT_SHORTLISTED, S.REJECTED, S.WITHDRAWN),
    S.NOT_SHORTLISTED: (S.SHORTLISTED, S.REJECTED, S.WITHDRAWN),
    S.ON_BALLOT: (S.SELECTED, S.NOT_SELECTED),
    S.SELECTED: (S.IN_DELIVERY, S.NOT_SELECTED, S.REJECTED),
    S.NOT_SELECTED: (S.SELECTED, S.REJECTED),
    S.IN_DELIVERY: (S.DONE, S.REJECTED),
    S.DONE: (S.REJECTED,),
}

# Nobody is told no, and no earlier no is revised, without a reason that everybody can read.
NEEDS_REASON: frozenset[tuple[IdeaState, IdeaState]] = frozenset(
    (before, after)
    for before, afters in TRANSITIONS.items()
    for after in afters
    if before == S.REJECTED
    or after in {S.REJECTED, S.INADMISSIBLE, S.NOT_SHORTLISTED, S.NOT_SELECTED, S.MERGED}
    or (before, after)
    in {
        (S.INADMISSIBLE, S.ADMISSIBLE),
        (S.NOT_SHORTLISTED, S.SHORTLISTED),
        (S.NOT_SELECTED, S.SELECTED),
    }
)

# Nothing more is decided about these, unless somebody revises it with a reason.
ENDED: frozenset[IdeaState] = frozenset(
    {S.REJECTED, S.WITHDRAWN, S.MERGED, S.INADMISSIBLE, S.NOT_SHORTLISTED, S.NOT_SELECTED}
)

# Steps that have a verb of their own: nobody takes them by choosing a state in a list.
OWN_VERB: frozenset[IdeaState] = frozenset({S.MERGED, S.WITHDRAWN})

# Shown in lists and on maps.
LISTED: tuple[IdeaState, ...] = (
    S.PUBLISHED,
    S.ADMISSIBLE,
    S.INADMISSIBLE,
    S.COSTED,
    S.SHORTLISTED,
    S.NOT_SHORTLISTED,
    S.ON_BALLOT,
    S.SELECTED,
    S.NOT_SELECTED,
    S.IN_DELIVERY,
    S.DONE,
)
OPEN_TO_SUPPORT: tuple[IdeaState, ...] = (S.PUBLISHED, S.ADMISSIBLE, S.COSTED, S.SHORTLISTED)
OPEN_TO_MERGE: tuple[IdeaState, ...] = (S.PUBLISHED, S.ADMISSIBLE, S.COSTED)
OPEN_TO_COMMENTS: tuple[IdeaState, ...] = LISTED
OPEN_TO_ADAPTING: tuple[IdeaState, ...] = (S.PUBLISHED, S.ADMISSIBLE, S.COSTED, S.SHORTLISTED)
OPEN_TO_EDITS: tuple[IdeaState, ...] = (S.SUBMITTED, S.PUBLISHED)


def steps_to(before: IdeaState, after: IdeaState) -> tuple[IdeaState, ...]:
    """The steps a recorded decision takes to bring an idea there: one where the table has it, else through what it implies. Empty: there is no way.

    A jury that shortlists an idea has found it admissible; a College that selects one has shortlisted it. No earlier no is passed over.
    """
    if after in TRANSITIONS[before]:
        return (after,)
    implied = {S.PUBLISHED: S.ADMISSIBLE, S.ADMISSIBLE: S.SHORTLISTED, S.COSTED: S.SHORTLISTED}.get(before)
    rest = steps_to(implied, after) if implied else ()
    return (implied, *rest) if implied and rest else ()


class Moderation(TextChoices):
    """When staff read what residents write."""

    AFTER = "post", _("Published at once, read afterwards")
    BEFORE = "pre", _("Published once staff have read it")


class Asked(TextChoices):
    """How much a form insists."""

    NONE = "none", _("Not asked")
    OPTIONAL = "optional", _("Optional")
    REQUIRED = "required", _("Required")


class Channel(TextChoices):
    """How an idea reached the organisation. All count the same; which one it was is never hidden."""

    ONLINE = "online", _("Online")
    PAPER = "paper", _("On paper")
    COUNTER = "counter", _("At the counter")
    PHONE = "phone", _("By telephone")
    MEETING = "meeting", _("At a meeting")


class Sort(TextChoices):
    RANDOM = "random", _("Random order")
    NEWEST = "newest", _("Newest")
    SUPPORTED = "supported", _("Most supported")
    DISCUSSED = "discussed", _("Most discussed")


class Step(TextChoices):
    """The pages of the form, in order."""

    IDEA = "idea", _("Your idea")
    PLACE = "place", _("The place")
    FILES = "files", _("Photos and files")
    CHECK = "check", _("Check and send")
