"""What a lottery, a draw and an offer may be, each as one table; the README's diagrams are printed from them."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LotteryState(TextChoices):
    """Where a lottery stands. `drawn` means that a panel was drawn and its members are being asked; `seated` that every seat is taken."""

    DESIGNED = "designed", pgettext_lazy("lottery", "Being designed")
    FRAMED = "framed", _("Letters drawn, not sent yet")
    INVITED = "invited", _("Letters sent, answers coming in")
    CLOSED = "closed", _("Answers closed")
    CHECKED = "checked", _("Quotas can be met")
    COMMITTED = "committed", _("Odds committed, waiting for chance")
    DRAWN = "drawn", _("Drawn, members being asked")
    SEATED = "seated", _("All seats taken")
    ENDED = "ended", pgettext_lazy("lottery", "Ended")


L = LotteryState
LOTTERY_TRANSITIONS: dict[LotteryState, tuple[LotteryState, ...]] = {
    L.DESIGNED: (L.FRAMED,),
    L.FRAMED: (L.DESIGNED, L.INVITED),
    L.INVITED: (L.CLOSED,),
    L.CLOSED: (L.CHECKED,),
    L.CHECKED: (L.CLOSED, L.COMMITTED),
    L.COMMITTED: (L.DRAWN, L.CLOSED),  # back: annulled before chance spoke
    L.DRAWN: (L.SEATED, L.ENDED, L.CLOSED),  # back to closed: the draw was annulled in public
    L.SEATED: (L.DRAWN, L.ENDED, L.CLOSED),  # back to drawn: a seat came free
    L.ENDED: (),
}
# Before the letters leave everything can change; from `invited` on, what was announced stands, except by a public decision with a reason.
BEFORE_LETTERS = (L.DESIGNED, L.FRAMED)
POOL_CLOSED = (L.CLOSED, L.CHECKED, L.COMMITTED, L.DRAWN, L.SEATED, L.ENDED)


class Algorithm(TextChoices):
    """How the odds of the members of the pool are made; the values are those of `zenne.methods.lottery`."""

    LEXIMIN = "leximin", _("The most equal odds that the quotas allow (LEXIMIN)")
    MAXIMIN = "maximin", _("The smallest odds as large as possible (maximin)")
    NASH = "nash", _("The product of all odds as large as possible (Nash)")
    LEGACY = "legacy", _("One by one, the scarcest group first (older method)")


class Source(TextChoices):
    """Where chance comes from."""

    DRAND = "drand", _("A numbered round of drand, the public randomness beacon")
    DICE = "dice", _("Dice thrown in public")


class CategoryKind(TextChoices):
    """What a category is about: the assistant proposes its groups and their shares from it."""

    AGE = "age", _("Age")
    GENDER = "gender", _("Gender")
    PLACE = "place", _("Where people live")
    EDUCATION = "education", _("Education")
    LANGUAGE = "language", _("Language")
    OWN = "own", _("A category of your own")


class Known(TextChoices):
    """Where the platform learns to which group somebody belongs."""

    REGISTER = "register", _("It is in the file of drawn letters")
    ANSWER = "answer", _("It is asked in the answer")


class Says(TextChoices):
    YES = "yes", _("I want to take part in the draw")
    NO = "no", _("I do not want to take part")


class Channel(TextChoices):
    """How an answer arrived. All count the same."""

    ONLINE = "online", _("Online")
    POST = "post", _("By post")
    PHONE = "phone", _("By phone")
    DESK = "desk", _("At a desk")


class Envelope(TextChoices):
    """The window envelopes of Belgium; in all of them the window is on the right."""

    C56 = "c56", _("C5/6 (DL), the letter folded in three")
    C4 = "c4", _("C4, the letter unfolded")


class PrintingKind(TextChoices):
    LETTERS = "letters", _("Letters")
    REMINDER = "reminder", _("Reminders")


class PrintingState(TextChoices):
    """Letters that are made ready for the printer: as long as the files are there they can be taken."""

    MAKING = "making", _("Being made")
    READY = "ready", _("Ready to print")
    FAILED = "failed", _("Did not work")


class About(StrEnum):
    """What somebody of the pool is written to about: the first five concern their seat, the others the draw."""

    OFFERED = "offered"
    REMINDED = "reminded"
    CONFIRMED = "confirmed"
    LAPSED = "lapsed"
    VOID = "void"
    COMMITTED = "committed"
    DRAWN = "drawn"
    ANNULLED = "annulled"


class ImportState(TextChoices):
    """A file of drawn letters, from the moment it is given until its letters are in."""

    READING = "reading", _("Being read")
    READ = "read", _("Read, nothing written yet")
    WRITING = "writing", _("Being written")
    WRITTEN = "written", _("Written")
    FAULTY = "faulty", _("Has faults, nothing written")
    DISCARDED = "discarded", _("Put away, nothing written")


IMPORT_TRANSITIONS: dict[ImportState, tuple[ImportState, ...]] = {
    ImportState.READING: (ImportState.READ, ImportState.FAULTY, ImportState.DISCARDED),
    ImportState.READ: (ImportState.WRITING, ImportState.DISCARDED),
    ImportState.WRITING: (ImportState.WRITTEN, ImportState.FAULTY),
    ImportState.WRITTEN: (),
    ImportState.FAULTY: (ImportState.DISCARDED,),
    ImportState.DISCARDED: (),
}


class DrawState(TextChoices):
    """A draw, from computing its odds to its outcome."""

    COMPUTING = "computing", _("The odds are being computed")
    STOPPED = "stopped", _("Stopped before the odds were known")
    FAILED = "failed", _("The odds could not be computed")
    READY = "ready", _("The odds are known, nothing is published yet")
    DISCARDED = "discarded", _("Put away before it was published")
    COMMITTED = "committed", _("Odds committed, waiting for chance")
    DRAWN = "drawn", _("Drawn")
    ANNULLED = "annulled", _("Annulled")


D = DrawState
DRAW_TRANSITIONS: dict[DrawState, tuple[DrawState, ...]] = {
    D.COMPUTING: (D.READY, D.STOPPED, D.FAILED),
    D.READY: (D.COMMITTED, D.DISCARDED),
    D.COMMITTED: (D.DRAWN, D.ANNULLED),
    D.DRAWN: (D.ANNULLED,),
    D.STOPPED: (),
    D.FAILED: (),
    D.DISCARDED: (),
    D.ANNULLED: (),
}
LIVE: tuple[DrawState, ...] = (D.COMPUTING, D.READY, D.COMMITTED, D.DRAWN)
PUBLIC: tuple[DrawState, ...] = (D.COMMITTED, D.DRAWN, D.ANNULLED)


class OfferState(TextChoices):
    """A seat offered to somebody of the pool."""

    OFFERED = "offered", _("Asked, no answer yet")
    CONFIRMED = "confirmed", _("Takes the seat")
    DECLINED = "declined", pgettext_lazy("offer", "Declined")
    LAPSED = "lapsed", _("Did not answer in time")
    LEFT = "left", _("Left the seat")
    VOID = "void", _("Void: the draw was annulled")


OFFER_TRANSITIONS: dict[OfferState, tuple[OfferState, ...]] = {
    OfferState.OFFERED: (OfferState.CONFIRMED, OfferState.DECLINED, OfferState.LAPSED, OfferState.VOID),
    OfferState.CONFIRMED: (OfferState.LEFT, OfferState.VOID),
    OfferState.DECLINED: (),
    OfferState.LAPSED: (),
    OfferState.LEFT: (),
    OfferState.VOID: (),
}
HOLDS_A_SEAT: tuple[OfferState, ...] = (OfferState.OFFERED, OfferState.CONFIRMED)
FREES_A_SEAT: tuple[OfferState, ...] = (OfferState.DECLINED, OfferState.LAPSED, OfferState.LEFT)
