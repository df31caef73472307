"""States and their transitions, each as one table; the README's diagrams are printed from them."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class PanelState(TextChoices):
    """Whether a panel is at work. One that has ended stays readable, and nobody writes in it any more."""

    AT_WORK = "at_work", pgettext_lazy("panel", "At work")
    ENDED = "ended", pgettext_lazy("panel", "Ended")


class SeatState(TextChoices):
    """A seat is somebody's until it ends; it never begins again."""

    SEATED = "seated", pgettext_lazy("seat", "Seated")
    ENDED = "ended", pgettext_lazy("seat", "Ended")


class End(TextChoices):
    """Why a seat ended."""

    TERM = "term", pgettext_lazy("seat", "The term is over")
    RESIGNED = "resigned", pgettext_lazy("seat", "Left of their own accord")
    WITHDRAWN = "withdrawn", pgettext_lazy("seat", "Withdrawn by the secretariat")
    ERASED = "erased", pgettext_lazy("seat", "Asked for their data to be erased")
    DISSOLVED = "dissolved", pgettext_lazy("seat", "The panel has ended")


#: Ends before the term does: the place is vacant, and somebody may take it over.
EARLY: tuple[End, ...] = (End.RESIGNED, End.WITHDRAWN, End.ERASED)
#: Ends that somebody chose, and therefore explains.
EXPLAINED: tuple[End, ...] = (End.WITHDRAWN, End.DISSOLVED)


class PostState(TextChoices):
    """What was said in the room. A deleted one keeps no words."""

    SHOWN = "shown", pgettext_lazy("post", "Shown")
    HIDDEN = "hidden", pgettext_lazy("post", "Hidden by the secretariat")
    DELETED = "deleted", pgettext_lazy("post", "Deleted by its author")


class DraftState(TextChoices):
    """A text of the panel: written together, then put to amendment, then issued as an advice."""

    WRITING = "writing", pgettext_lazy("draft", "Being written")
    AMENDING = "amending", pgettext_lazy("draft", "Open to amendments")
    ISSUED = "issued", pgettext_lazy("draft", "Issued")
    SET_ASIDE = "set_aside", pgettext_lazy("draft", "Set aside")


DRAFT_TRANSITIONS: dict[DraftState, tuple[DraftState, ...]] = {
    DraftState.WRITING: (DraftState.AMENDING, DraftState.SET_ASIDE),
    DraftState.AMENDING: (DraftState.WRITING, DraftState.ISSUED, DraftState.SET_ASIDE),
    DraftState.ISSUED: (),
    DraftState.SET_ASIDE: (DraftState.WRITING,),
}
LIVE: tuple[DraftState, ...] = (DraftState.WRITING, DraftState.AMENDING)


class Change(TextChoices):
    """What an amendment does to a paragraph."""

    REWRITE = "rewrite", pgettext_lazy("amendment", "Word this paragraph otherwise")
    REMOVE = "remove", pgettext_lazy("amendment", "Leave this paragraph out")
    ADD = "add", pgettext_lazy("amendment", "Add a paragraph after it")


class AmendmentState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("amendment", "Proposed")
    TAKEN = "taken", pgettext_lazy("amendment", "Taken")
    REFUSED = "refused", pgettext_lazy("amendment", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "Withdrawn")
