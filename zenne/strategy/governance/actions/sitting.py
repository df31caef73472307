"""A body is called, meets, and resolves. What it adopts has its effect in the same transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.core.clock import in_brussels
from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import LANGUAGES, attribute, in_every_language, shown
from zenne.opendata.webhooks import actions as webhooks
from zenne.participation.decisions import actions as decisions
from zenne.participation.decisions.enums import GOVERNING
from zenne.participation.decisions.models import Body, Decision
from zenne.participation.selections.models import TITLE_LENGTH as DECISION_TITLE
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.strategy.portfolio import actions as portfolio
from zenne.strategy.portfolio.models import Revision

from .. import notifications
from ..enums import DECIDED, ItemKind, Outcome, SittingState
from ..models import Item, Resolution, Review, Seat, Sitting
from ..models.sittings import SUBJECTS
from ..rules import may_enter, may_manage, may_move_sitting, may_prepare, may_write
from . import reviewing
from .way import Values, Words, note, own, require_promised, require_reason, require_said, said, say, whole

MOST_ITEMS = 100
ITEM_TEXTS = frozenset(attribute(name, language) for name in ("title", "text") for language in LANGUAGES)
ITEM_FIELDS = ITEM_TEXTS | {"kind", "confidential", *SUBJECTS}


@transaction.atomic
def save_seat(*, seat: Seat, by: Person | None, now: datetime) -> Seat:
    """Say who sits in a body, from when until when; or write that again. Nobody sits in it twice at one time."""
    require(may_manage(by, seat.body.organisation))
    Body.objects.select_for_update().get(pk=seat.body_id)
    event = "body_seat.changed" if seat.pk else "body_seat.filled"
    seat.name = seat.name.strip()
    whole(seat)
    _require_once(seat)
    seat.save()
    note(event, seat, by, now, seat.body.organisation, body=seat.body_id)
    return seat


def _require_once(seat: Seat) -> None:
    same = Q(name__iexact=seat.name)
    if seat.person_id:
        same |= Q(person=seat.person_id)
    others = seat.body.seats.filter(same, Q(until__isnull=True) | Q(until__gte=seat.since)).exclude(pk=seat.pk)
    if seat.until:
        others = others.filter(since__lte=seat.until)
    if other := others.order_by("since", "id").first():
        raise Conflict(_("%(name)s sits in this body already at that time: end that term first.") % {"name": other})


@transaction.atomic
def save_sitting(*, sitting: Sitting, by: Person | None, now: datetime) -> Sitting:
    """Begin a sitting, or write it again until it was held. Whoever was called hears of another moment or place."""
    if sitting.pk is None:
        require(may_write(by, sitting.body.organisation))
        sitting.created_at = now
        whole(sitting)
        sitting.save()
        note("sitting.begun", sitting, by, now, sitting.body.organisation)
        return sitting
    before = locked(sitting)
    require(may_prepare(by, before))
    own(sitting.body.organisation_id, before.body.organisation)
    moved = (before.starts_at, before.place) != (sitting.starts_at, sitting.place)
    before.starts_at, before.place, before.sequence = sitting.starts_at, sitting.place, before.sequence + moved
    whole(before)
    before.save()
    note("sitting.changed", before, by, now, before.body.organisation)
    if moved and before.state == SittingState.CALLED:
        transaction.on_commit(lambda: notifications.moved(before, now))
    return before


@transaction.atomic
def discard_sitting(sitting: Sitting, *, by: Person | None, now: datetime) -> None:
    """Throw away what nobody was called to."""
    sitting = locked(sitting)
    require(may_prepare(by, sitting))
    if sitting.state != SittingState.DRAFT:
        raise Conflict(_("It was called already: cancel it, with a reason."))
    note("sitting.discarded", sitting, by, now, sitting.body.organisation)
    sitting.delete()


@transaction.atomic
def add_item(sitting: Sitting, *, values: Values, which: Item | None = None, by: Person | None, now: datetime) -> Item:
    """Put something on the agenda, at its end, or write `which` again."""
    sitting = locked(sitting)
    require(may_prepare(by, sitting))
    if unknown := set(values) - ITEM_FIELDS:
        raise TypeError(f"an item has no {', '.join(sorted(unknown))}")
    if which is None:
        last = sitting.items.aggregate(last=Max("position"))["last"] or 0
        if last >= MOST_ITEMS:
            raise Invalid(_("An agenda has at most %(most)s items.") % {"most": MOST_ITEMS})
        made = Item(sitting=sitting, position=last + 1)
    else:
        made = sitting.items.get(pk=which.pk)
    for name, value in values.items():
        setattr(made, name, str(value or "").strip() if name in ITEM_TEXTS else value)
    made.sitting = sitting
    require_said(made, "title", _("Give the item a title."))
    _require_fitting(made)
    if sitting.state == SittingState.CALLED:
        _require_readable(made)
    whole(made)
    made.save()
    note("sitting.agenda", sitting, by, now, sitting.body.organisation, item=made.pk)
    return made


def put_on_agenda(review: Review, sitting: Sitting, *, by: Person | None, now: datetime) -> Item:
    """A review comes before its body: report, proposed revision and budget are one item."""
    plan = review.plan

    def title() -> str:
        return _("%(plan)s, review %(period)s") % {"plan": plan, "period": review.period}

    titles = in_every_language(title)
    values: dict[str, object] = {attribute("title", language): titles[language] for language in LANGUAGES}
    return add_item(sitting, values={**values, "kind": ItemKind.DECISION, "review": review}, by=by, now=now)


def _require_fitting(item: Item) -> None:
    """What an item is about belongs to the same organisation, and a plan changes only where it can."""
    body = item.sitting.body
    if item.revision is not None:
        own(item.revision.plan.organisation_id, body.organisation)
        if item.kind == ItemKind.DECISION and body.role not in GOVERNING:
            raise Invalid(
                _("Only a College or a council decides about a plan: here it can be for information or discussion.")
            )
        if item.confidential:
            raise Invalid(_("A plan changes in public: this item cannot be confidential."))
    if item.review is not None:
        own(item.review.plan.organisation_id, body.organisation)
        if item.kind == ItemKind.DECISION and item.review.body_id != body.pk:
            raise Invalid(_("This review is decided by %(body)s.") % {"body": item.review.body})
        if item.kind == ItemKind.DECISION and item.confidential:
            raise Invalid(_("A plan changes in public: this item cannot be confidential."))
    if item.project is not None:
        own(item.project.plan.organisation_id, body.organisation)
    if item.call is not None:
        own(item.call.organisation_id, body.organisation)
    if item.advice is not None:
        own(item.advice.body.organisation_id, body.organisation)


@transaction.atomic
def move_item(item: Item, *, up: bool, by: Person | None, now: datetime) -> None:
    """One place up or down."""
    sitting = locked(item.sitting)
    require(may_prepare(by, sitting))
    rows = list(sitting.items.order_by("position"))
    place = next(number for number, row in enumerate(rows) if row.pk == item.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place].position, rows[other].position = rows[other].position, rows[place].position
        Item.objects.bulk_update([rows[place], rows[other]], ["position"])


@transaction.atomic
def drop_item(item: Item, *, by: Person | None, now: datetime) -> None:
    sitting = locked(item.sitting)
    require(may_prepare(by, sitting))
    position = sitting.items.get(pk=item.pk).position
    sitting.items.filter(pk=item.pk).delete()
    sitting.items.filter(position__gt=position).update(position=F("position") - 1)
    note("sitting.agenda", sitting, by, now, sitting.body.organisation)


@transaction.atomic
def call_sitting(sitting: Sitting, *, by: Person | None, now: datetime) -> Sitting:
    """Put the agenda before everyone, and call the members."""
    sitting = locked(sitting)
    require(may_move_sitting(by, sitting, SittingState.CALLED))
    items = list(sitting.items.order_by("position"))
    if not items:
        raise Invalid(_("There is nothing on the agenda yet."))
    for item in items:
        item.sitting = sitting
        _require_readable(item)
    sitting.state, sitting.called_at = SittingState.CALLED, now
    sitting.save()
    note("sitting.called", sitting, by, now, sitting.body.organisation)
    webhooks.announce("sitting.called", sitting.pk, organisation=sitting.body.organisation_id, now=now)
    transaction.on_commit(lambda: notifications.called(sitting, now))
    return sitting


def _require_readable(item: Item) -> None:
    """Everyone reads a public agenda in each language that was promised."""
    if not item.confidential:
        message = _("Write the title of every item in each language that your organisation promises: %(number)s.")
        require_promised(item, ["title"], item.sitting.body.organisation, message % {"number": item.position})


@transaction.atomic
def hold_sitting(sitting: Sitting, *, present: Iterable[Seat] = (), by: Person | None, now: datetime) -> Sitting:
    """It took place; say who was there. What it resolved is entered from now on."""
    sitting = locked(sitting)
    require(may_move_sitting(by, sitting, SittingState.HELD))
    if sitting.starts_at > now:
        raise Invalid(_("It has not begun yet."))
    there = list(present)
    if any(seat.body_id != sitting.body_id for seat in there):
        raise Invalid(_("Only members of this body sit in it."))
    sitting.state = SittingState.HELD
    sitting.save()
    sitting.present.set(there)
    note("sitting.held", sitting, by, now, sitting.body.organisation, present=len(there))
    return sitting


@transaction.atomic
def cancel_sitting(sitting: Sitting, *, reason: Words, by: Person | None, now: datetime) -> Sitting:
    """It will not take place: members hear why, everyone can read it."""
    sitting = locked(sitting)
    require(may_move_sitting(by, sitting, SittingState.CANCELLED))
    require_reason(reason)
    say(sitting, "reason", reason)
    sitting.state, sitting.sequence = SittingState.CANCELLED, sitting.sequence + 1
    sitting.save()
    note("sitting.cancelled", sitting, by, now, sitting.body.organisation)
    webhooks.announce("sitting.cancelled", sitting.pk, organisation=sitting.body.organisation_id, now=now)
    transaction.on_commit(lambda: notifications.cancelled(sitting, now))
    return sitting


@transaction.atomic
def resolve(
    item: Item, *, outcome: Outcome, reference: str = "", reason: Words | None = None, by: Person, now: datetime
) -> Resolution:
    """Enter what the body did with an item for decision, once. What it adopts or refuses in public is a decision that everyone reads; a revision
    of a plan gets force, or is refused, in the same transaction; a review goes on. All or nothing.

    Raises Invalid without a reference, or a reason where it refuses or postpones.
    """
    sitting = locked(item.sitting)
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    item.sitting = sitting
    require(may_enter(by, item))
    if outcome in DECIDED and not reference.strip():
        raise Invalid(_("Give the reference of the decision, as in the minutes."))
    if outcome != Outcome.ADOPTED:
        require_reason(reason)
    made = Resolution(item=item, outcome=outcome, entered_at=now, entered_by=by)
    made.reference = reference.strip() if outcome in DECIDED else ""
    say(made, "reason", reason)
    whole(made)
    if outcome in DECIDED and not item.confidential:
        made.decision = _decision(item, made, by, now)
    made.save()
    if made.decision is not None:
        _take_effect(item, made, made.decision, by, now)
    details = {"item": item.pk, "outcome": outcome.value, "reference": made.reference}
    note("sitting.resolved", sitting, by, now, sitting.body.organisation, **details)
    if made.decision is not None:
        facts = {"outcome": outcome.value, "reference": made.reference, "decision": made.decision.pk}
        webhooks.announce("sitting.resolved", sitting.pk, organisation=sitting.body.organisation_id, now=now, **facts)
    return made


def _decision(item: Item, resolution: Resolution, by: Person, now: datetime) -> Decision:
    """The decision as everyone reads it."""
    sitting = item.sitting

    def title() -> str:
        own_words = shown(item, "title")[0]
        if resolution.outcome == Outcome.REFUSED:
            own_words = pgettext("resolution", "Refused: %(title)s") % {"title": own_words}
        return own_words if len(own_words) <= DECISION_TITLE else f"{own_words[: DECISION_TITLE - 1]}…"

    titles = in_every_language(title)
    values: dict[str, object] = {
        "body": sitting.body,
        "reference": resolution.reference,
        "decided_on": in_brussels(sitting.starts_at).date(),
        **{attribute("title", language): titles[language] for language in LANGUAGES},
        **{attribute("statement", language): text for language, text in said(resolution, "reason").items()},
    }
    return decisions.publish(decisions.prepare(None, values=values, by=by, now=now), by=by, now=now)


def _take_effect(item: Item, made: Resolution, decision: Decision, by: Person, now: datetime) -> None:
    adopted = made.outcome == Outcome.ADOPTED
    review = item.review
    if item.revision is not None:
        _decide(item.revision, adopted, decision, made, by, now)
        review = item.revision.reviews.select_related("plan__organisation").first()
    elif review is not None and review.revision is not None:
        _decide(review.revision, adopted, decision, made, by, now)
    if review is not None:
        reviewing.decided(review, adopted=adopted, decision=decision, by=by, now=now)


def _decide(revision: Revision, adopted: bool, decision: Decision, made: Resolution, by: Person, now: datetime) -> None:
    """The one way in which a plan changes: by what a College or a council decided here."""
    verb = portfolio.make_valid if adopted else portfolio.refuse
    verb(
        revision,
        body=decision.body,
        reference=decision.reference,
        decided_on=decision.decided_on,
        answer=said(made, "reason"),
        decision=decision,
        by=by,
        now=now,
    )


@transaction.atomic
def write_minutes(
    sitting: Sitting, *, minutes: Words, file: object = None, by: Person | None, now: datetime
) -> Sitting:
    """Write the minutes; nobody else reads them before they are published."""
    sitting = locked(sitting)
    require(may_write(by, sitting.body.organisation))
    require(may_move_sitting(None, sitting, SittingState.PUBLISHED))
    say(sitting, "minutes", minutes)
    sitting.file = file
    whole(sitting)
    sitting.save()
    note("sitting.minuted", sitting, by, now, sitting.body.organisation)
    return sitting


@transaction.atomic
def publish_minutes(sitting: Sitting, *, by: Person | None, now: datetime) -> Sitting:
    """Put the minutes before everyone, once every item for decision has its outcome."""
    sitting = locked(sitting)
    require(may_move_sitting(by, sitting, SittingState.PUBLISHED))
    open_ones = sitting.items.filter(kind=ItemKind.DECISION, resolution__isnull=True).order_by("position")
    if numbers := [str(number) for number in open_ones.values_list("position", flat=True)]:
        raise Invalid(_("Enter first what became of these items: %(numbers)s.") % {"numbers": ", ".join(numbers)})
    if sitting.file_id is None:
        require_said(sitting, "minutes", _("Write the minutes first, or choose their file."))
    sitting.state, sitting.published_at = SittingState.PUBLISHED, now
    sitting.save()
    note("sitting.published", sitting, by, now, sitting.body.organisation)
    webhooks.announce("sitting.published", sitting.pk, organisation=sitting.body.organisation_id, now=now)
    transaction.on_commit(lambda: notifications.minutes(sitting, now))
    return sitting


def locked(sitting: Sitting) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",))
    return rows.select_related("body__organisation").get(pk=sitting.pk)
