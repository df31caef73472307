"""What a body puts on its agenda, in which order, in each language that was promised."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute, in_every_language
from zenne.core.whole import require_whole
from zenne.participation.decisions.enums import GOVERNING
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..enums import ItemKind, SittingState
from ..models import Item, Review, Sitting
from ..models.sittings import SUBJECTS
from ..rules import may_prepare
from .way import Values, locked_sitting, note, own, require_promised, require_said

MOST_ITEMS = 100
ITEM_TEXTS = frozenset(attribute(name, language) for name in ("title", "text") for language in LANGUAGES)
ITEM_FIELDS = ITEM_TEXTS | {"kind", "confidential", *SUBJECTS}


@transaction.atomic
def add_item(sitting: Sitting, *, values: Values, which: Item | None = None, by: Person | None, now: datetime) -> Item:
    """Put something on the agenda, at its end, or write `which` again."""
    sitting = locked_sitting(sitting)
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
        require_readable(made)
    require_whole(made)
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


def require_readable(item: Item) -> None:
    """Everyone reads a public agenda in each language that was promised."""
    if not item.confidential:
        message = _("Write the title of every item in each language that your organisation promises: %(number)s.")
        require_promised(item, ["title"], item.sitting.body.organisation, message % {"number": item.position})


@transaction.atomic
def move_item(item: Item, *, up: bool, by: Person | None, now: datetime) -> None:
    """One place up or down."""
    sitting = locked_sitting(item.sitting)
    require(may_prepare(by, sitting))
    rows = list(sitting.items.order_by("position"))
    place = next(number for number, row in enumerate(rows) if row.pk == item.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place].position, rows[other].position = rows[other].position, rows[place].position
        Item.objects.bulk_update([rows[place], rows[other]], ["position"])


@transaction.atomic
def drop_item(item: Item, *, by: Person | None, now: datetime) -> None:
    sitting = locked_sitting(item.sitting)
    require(may_prepare(by, sitting))
    position = sitting.items.get(pk=item.pk).position
    sitting.items.filter(pk=item.pk).delete()
    sitting.items.filter(position__gt=position).update(position=F("position") - 1)
    note("sitting.agenda", sitting, by, now, sitting.body.organisation)
