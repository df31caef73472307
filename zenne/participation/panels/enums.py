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
