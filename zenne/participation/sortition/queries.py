"""The reads of lotteries: the pool, what it holds per group, who is asked for a seat, what is due."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from zenne.participation.panels.enums import EARLY, SeatState
from zenne.participation.panels.models import Panel
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from . import codes
from .enums import (
    BEFORE_LETTERS,
    HOLDS_A_SEAT,
    LIVE,
    PUBLIC,
    DrawState,
    Known,
    LotteryState,
    OfferState,
    PrintingKind,
    PrintingState,
    Says,
)
from .errors import UnknownCode
from .models import Answer, Category, Draw, Feature, Invitation, Lottery, Offer, PrintedPart, Printing, Relaxation


def lotteries() -> QuerySet[Lottery]:
    return Lottery.objects.select_related("activity__phase__process__organisation", "area")


def open_lotteries() -> QuerySet[Lottery]:
    """Those of public processes."""
    return lotteries().exclude(activity__phase__process__state=ProcessState.DRAFT)


def manageable(organisations: Iterable[Organisation]) -> QuerySet[Lottery]:
    """The draws of some organisations, newest first."""
    return lotteries().filter(activity__phase__process__organisation__in=organisations).order_by("-activity_id")


def categories(lottery: Lottery) -> list[Category]:
    """The categories in their order, each with its groups in `features.all()`."""
    found = Category.objects.filter(lottery=lottery).order_by("position")
    return list(found.prefetch_related(Prefetch("features", Feature.objects.order_by("position"))))


def with_code(code: str) -> Invitation:
    """The letter with this code, however it was typed. Raises UnknownCode."""
    found = Invitation.objects.select_related("lottery__activity__phase__process__organisation", "answer")
    invitation = found.filter(code_digest=codes.digest(code)).first() if codes.normal(code) else None
    if invitation is None:
        raise UnknownCode()
    return invitation


def answer_to(invitation: Invitation) -> Answer | None:
    return Answer.objects.filter(invitation=invitation).first()


def asked(invitation: Invitation) -> list[Category]:
    """The categories that this person is asked about: those the register does not know of them."""
    every = categories(invitation.lottery)
    return [each for each in every if each.known == Known.ANSWER or each.key not in invitation.features]


def letters_to_print(lottery: Lottery) -> QuerySet[Invitation]:
    """The letters that are there, by number."""
    return Invitation.objects.filter(lottery=lottery, destroyed_at__isnull=True).order_by("number")


def unanswered(lottery: Lottery) -> QuerySet[Invitation]:
    """Who can still be reminded: no answer came, and the letter did not come back."""
    return letters_to_print(lottery).filter(answer__isnull=True, returned_at__isnull=True)


def printings(lottery: Lottery) -> QuerySet[Printing]:
    """Every printing with its parts, the last first."""
    parts = Prefetch("parts", PrintedPart.objects.order_by("position"))
    return Printing.objects.filter(lottery=lottery).prefetch_related(parts).order_by("-number")


def letters_of(printing: Printing) -> QuerySet[Invitation]:
    """The letters of one printing."""
    found = letters_to_print(printing.lottery)
    return found if printing.kind == PrintingKind.LETTERS else found.filter(reminded_at=printing.made_at)


def due_to_remind(now: datetime) -> list[Lottery]:
    """Lotteries whose day of the reminder has come and that had none yet."""
    found = lotteries().filter(state=LotteryState.INVITED, mailing__remind_days__isnull=False, answer_until__gt=now)
    found = found.exclude(printings__kind=PrintingKind.REMINDER).select_related("mailing").order_by("pk")
    return [
        lottery
        for lottery in found
        if lottery.answer_until and now >= lottery.answer_until - timedelta(days=lottery.mailing.remind_days or 0)
    ]


def printings_to_delete(older_than: datetime) -> QuerySet[Printing]:
    """Those whose files have served: two weeks old, or of letters that are destroyed."""
    there = Printing.objects.filter(deleted_at__isnull=True).exclude(state=PrintingState.MAKING)
    gone = there.filter(Q(made_at__lt=older_than) | Q(lottery__frame_destroyed_at__isnull=False))
    return gone.select_related("lottery").order_by("pk")


@dataclass(frozen=True)
class Figures:
    """How the letters of a lottery fare. `yes` counts who is in the pool."""

    letters: int
    returned: int
    yes: int
    no: int

    @property
    def answers(self) -> int:
        return self.yes + self.no


def figures(lottery: Lottery) -> Figures:
    sent = Invitation.objects.filter(lottery=lottery).aggregate(letters=Count("pk"), returned=Count("returned_at"))
    standing = Q(withdrawn_at__isnull=True)
    said = Answer.objects.filter(lottery=lottery).aggregate(
        yes=Count("pk", filter=Q(says=Says.YES) & standing), no=Count("pk", filter=~(Q(says=Says.YES) & standing))
    )
    return Figures(sent["letters"], sent["returned"], said["yes"], said["no"])


def pool(lottery: Lottery) -> QuerySet[Answer]:
    """Everybody who wants to take part, by number; before the pool closes nobody has one."""
    found = Answer.objects.filter(lottery=lottery, says=Says.YES, withdrawn_at__isnull=True)
    return found.order_by("number", "id")


def in_pool_per_group(lottery: Lottery) -> dict[tuple[str, str], int]:
    """How many of the pool are in each group, by (category, group)."""
    counted: Counter[tuple[str, str]] = Counter()
    for features in pool(lottery).values_list("features", flat=True):
        counted.update(features.items())
    return dict(counted)


def relaxations(lottery: Lottery) -> list[Relaxation]:
    """The quotas that were widened, each with the public reason, the first first."""
    found = Relaxation.objects.filter(lottery=lottery).select_related("feature__category", "change")
    return list(found.order_by("decided_at", "id"))


def shown_pool(lottery: Lottery) -> dict[tuple[str, str], int] | None:
    """The same for pages; None before there is a pool, and when it is destroyed."""
    there = lottery.state not in BEFORE_LETTERS and lottery.pool_destroyed_at is None
    return in_pool_per_group(lottery) if there else None


def live_draw(lottery: Lottery) -> Draw | None:
    """The one draw that counts or is being prepared."""
    return Draw.objects.filter(lottery=lottery, state__in=LIVE).first()


def public_draws(lottery: Lottery) -> QuerySet[Draw]:
    """What everyone may see: committed, drawn and annulled draws, the last first."""
    return Draw.objects.filter(lottery=lottery, state__in=PUBLIC).order_by("-number")


def draws_of_process(process: Process) -> QuerySet[Draw]:
    """The public draws of a public process, the last first."""
    found = Draw.objects.filter(lottery__activity__phase__process=process, state__in=PUBLIC)
    return found.select_related("lottery__activity__phase__process__organisation").order_by("-published_at", "-id")


def draws_of_panel(panel: Panel) -> list[Draw]:
    """The draws that gave its seats, the last first; an annulled one gave none."""
    found = Draw.objects.filter(lottery__panel=panel, state=DrawState.DRAWN)
    return list(found.select_related("lottery__activity").order_by("-drawn_at", "-id"))


def offers(draw: Draw) -> QuerySet[Offer]:
    return Offer.objects.filter(draw=draw).select_related("answer__invitation", "replaces").order_by("position")


def held_places(draw: Draw) -> QuerySet[Offer]:
    """The seats that are taken or being asked about."""
    return offers(draw).filter(state__in=HOLDS_A_SEAT)


def with_key(key: str) -> Offer | None:
    found = Offer.objects.select_related("draw__lottery__activity__phase__process__organisation", "answer")
    return found.filter(key=key).first()


def offer_of(answer: Answer) -> Offer | None:
    """The seat that was offered to somebody in the draw that counts."""
    return Offer.objects.filter(answer=answer, draw__state=DrawState.DRAWN).select_related("draw").first()


def lapsed(now: datetime) -> QuerySet[Offer]:
    """Offers whose time is over and that nobody has answered."""
    return Offer.objects.filter(state=OfferState.OFFERED, until__lte=now).order_by("until", "id")


def soon_over(now: datetime, soon: datetime) -> QuerySet[Offer]:
    """Offers that nobody has answered, whose time is almost over, and that were not called to mind."""
    found = Offer.objects.filter(state=OfferState.OFFERED, reminded_at__isnull=True, until__gt=now, until__lte=soon)
    return found.select_related("answer").order_by("until", "id")


def vacated() -> QuerySet[Offer]:
    """Confirmed seats that came free in the panel itself before their term was over."""
    return Offer.objects.filter(
        state=OfferState.CONFIRMED,
        draw__state=DrawState.DRAWN,
        panel_seat__state=SeatState.ENDED,
        panel_seat__end__in=EARLY,
    )


def due_to_close(now: datetime) -> QuerySet[Lottery]:
    return lotteries().filter(state=LotteryState.INVITED, answer_until__lte=now).order_by("pk")


def answers_of(person: Person) -> QuerySet[Answer]:
    found = Answer.objects.filter(person=person).select_related("lottery__activity__phase__process")
    return found.order_by("-answered_at", "-id")
