"""Designing a draw: its settings, its categories and their quotas. What the letters say stands once they are sent."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import LANGUAGES, attribute, missing
from zenne.participation.panels.models import Panel
from zenne.participation.processes.actions import changing_settings
from zenne.people.accounts.models import Person

from .. import planning
from ..enums import BEFORE_LETTERS, Known, LotteryState
from ..errors import Announced, Unfit, WrongStep
from ..models import Category, Feature, Lottery
from ..models.lottery import PLANS, SETTINGS
from ..proposing import Proposal
from ..rules import free_seats
from .holding import Words, held, note, step

# What may change after the letters, with a public reason: a later end, more days to confirm, and what chance has not touched yet.
AFTER_LETTERS = frozenset({"answer_until", "confirm_days", "algorithm", "source", "begins_on", "ends_on"})
BEFORE_COMMITTING = (*BEFORE_LETTERS, LotteryState.INVITED, LotteryState.CLOSED, LotteryState.CHECKED)
TEXTS = ("letter", "signed_by")
RESERVED = frozenset({"id", "address", "name", "email", "phone", "consent", "number", "postcode", "city"})
OF_FEATURE = frozenset({"share", "response_percent", "minimum", "maximum"})


@transaction.atomic
def change_lottery(
    lottery: Lottery,
    *,
    values: Mapping[str, object],
    words: Mapping[str, Words] | None = None,
    reason: Words | None = None,
    by: Person,
    now: datetime,
) -> Lottery:
    """Change how the draw is held. After the letters are sent only what `AFTER_LETTERS` names, in public where the rule is frozen."""
    if unknown := set(values) - {*SETTINGS, *PLANS} or set(words or {}) - set(TEXTS):
        raise TypeError(f"a draw by lot has no {', '.join(sorted(unknown))}")
    with changing_settings(lottery.activity, by=by, now=now, reason=reason):
        lottery = held(lottery, by)
        changed = sorted(name for name, value in values.items() if getattr(lottery, name) != value)
        rules = set(changed) & set(SETTINGS)
        if rules and lottery.state not in BEFORE_COMMITTING:
            raise WrongStep()
        if rules - AFTER_LETTERS and lottery.state not in BEFORE_LETTERS:
            raise Announced()
        _check_moments(lottery, values, now)
        for name in changed:
            setattr(lottery, name, values[name])
        for field, said in (words or {}).items():
            for language in LANGUAGES:
                if (text := said.get(language)) is not None:
                    setattr(lottery, attribute(field, language), text.strip())
        _check_panel(lottery)
        lottery.save()
        note("lottery.changed", lottery, by, now, fields=changed)
    return lottery


def _check_moments(lottery: Lottery, values: Mapping[str, object], now: datetime) -> None:
    until = values.get("answer_until", lottery.answer_until)
    if "answer_until" in values and until != lottery.answer_until:
        if not isinstance(until, datetime) or until <= now:
            if until is not None or lottery.state not in BEFORE_LETTERS:
                raise Unfit({"answer_until": _("Answers close at a moment to come.")})
        elif lottery.state not in BEFORE_LETTERS:
            if lottery.state != LotteryState.INVITED:
                raise WrongStep()
            if lottery.answer_until is not None and until < lottery.answer_until:
                raise Unfit({"answer_until": _("The end stands on the letters: it can be moved later, never earlier.")})
    begins, ends = (values.get(name, getattr(lottery, name)) for name in ("begins_on", "ends_on"))
    if begins and ends and begins > ends:  # type: ignore[operator]
        raise Unfit({"ends_on": _("The seats end after they begin.")})


def _check_panel(lottery: Lottery) -> None:
    if lottery.panel_id is None:
        return
    panel = Panel.objects.get(pk=lottery.panel_id)
    if panel.process.organisation_id != lottery.process.organisation_id or panel.ended:
        raise Unfit({"panel": _("Choose a panel of this organisation that is at work.")})
    if panel.size < lottery.size:
        raise Unfit({"size": _("The panel has %(number)d seats.") % {"number": panel.size}})
    if (left := free_seats(lottery)) is not None and left < lottery.size:
        raise Unfit(
            {"size": _("Others sit in the panel on some of these days: %(number)d seats are free.") % {"number": left}}
        )


@transaction.atomic
def add_category(
    lottery: Lottery, proposed: Proposal, *, reason: Words | None = None, by: Person, now: datetime
) -> Category:
    """Add a category with the groups that the assistant proposes, quotas from their shares. Raises Conflict when its key is taken."""
    with _designing(lottery, by, now, reason) as lottery:
        _check_key(lottery, proposed.key)
        last = lottery.categories.aggregate(last=Max("position"))["last"] or 0
        category = Category(
            lottery=lottery, position=last + 1, key=proposed.key, kind=proposed.kind, known=proposed.known
        )
        _say(category, name=proposed.name, figures=proposed.figures)
        category.save()
        for position, group in enumerate(proposed.groups, start=1):
            share = None if group.share is None else round(Decimal(group.share), 3)
            minimum, maximum = _quota(share, lottery)
            feature = Feature(
                category=category,
                position=position,
                key=group.key,
                age_from=group.age_from,
                age_to=group.age_to,
                area=group.area,
                share=share,
                minimum=minimum,
                maximum=maximum,
            )
            _say(feature, name=group.name)
            feature.save()
        _changed(lottery, by, now, category=category.key)
    return category


@transaction.atomic
def change_category(
    category: Category,
    *,
    known: Known,
    words: Mapping[str, Words],
    reason: Words | None = None,
    by: Person,
    now: datetime,
) -> Category:
    """Other words for a category, or another place where it is known from."""
    with _designing(category.lottery, by, now, reason) as lottery:
        category = Category.objects.get(pk=category.pk, lottery=lottery)
        category.known = known
        _say(category, **words)
        if missing(category, ["name"], lottery.process.organisation.languages):
            raise Invalid(_("Give the category its name in every language that your organisation promises."))
        category.save()
        _changed(lottery, by, now, category=category.key)
    return category


@transaction.atomic
def remove_category(category: Category, *, reason: Words | None = None, by: Person, now: datetime) -> None:
    with _designing(category.lottery, by, now, reason) as lottery:
        Category.objects.filter(pk=category.pk, lottery=lottery).delete()
        for position, other in enumerate(Category.objects.filter(lottery=lottery).order_by("position"), start=1):
            if other.position != position:
                Category.objects.filter(pk=other.pk).update(position=position)
        _changed(lottery, by, now, category=category.key)


@transaction.atomic
def add_group(
    category: Category, *, key: str, name: Words, reason: Words | None = None, by: Person, now: datetime
) -> Feature:
    """Add a group at the end of a category, without a quota yet: none to all of the seats."""
    with _designing(category.lottery, by, now, reason) as lottery:
        if Feature.objects.filter(category=category, key=key).exists():
            raise Conflict(_("This category has a group with this value already."))
        last = Feature.objects.filter(category=category).aggregate(last=Max("position"))["last"] or 0
        feature = Feature(category=category, position=last + 1, key=key, minimum=0, maximum=lottery.size)
        _say(feature, name=name)
        if missing(feature, ["name"], lottery.process.organisation.languages):
            raise Invalid(_("Give the group its name in every language that your organisation promises."))
        feature.save()
        _changed(lottery, by, now, category=category.key, group=key)
    return feature


@transaction.atomic
def remove_group(feature: Feature, *, reason: Words | None = None, by: Person, now: datetime) -> None:
    with _designing(feature.category.lottery, by, now, reason) as lottery:
        Feature.objects.filter(pk=feature.pk, category__lottery=lottery).delete()
        _changed(lottery, by, now, category=feature.category.key, group=feature.key)


@transaction.atomic
def set_quotas(
    lottery: Lottery,
    values: Mapping[int, Mapping[str, object]],
    *,
    reason: Words | None = None,
    by: Person,
    now: datetime,
) -> Lottery:
    """Set quotas, shares and expected answers of groups, by their primary key. Raises Unfit ({"<pk>-<field>": sentence})."""
    with _designing(lottery, by, now, reason) as lottery:
        features = {each.pk: each for each in Feature.objects.filter(category__lottery=lottery)}
        faults: dict[str, str] = {}
        for pk, given in values.items():
            feature = features[pk]
            if unknown := set(given) - OF_FEATURE:
                raise TypeError(f"a group has no {', '.join(sorted(unknown))}")
            for name, value in given.items():
                setattr(feature, name, value)
            if feature.minimum > feature.maximum:
                faults[f"{pk}-maximum"] = _("At most cannot be below at least.")
            elif feature.maximum > lottery.size:
                faults[f"{pk}-maximum"] = _("The panel has %(number)d seats.") % {"number": lottery.size}
        if faults:
            raise Unfit(faults)
        Feature.objects.bulk_update(features.values(), sorted(OF_FEATURE))
        _changed(lottery, by, now)
    return lottery


@transaction.atomic
def propose_quotas(lottery: Lottery, *, reason: Words | None = None, by: Person, now: datetime) -> Lottery:
    """Every quota anew from the share of its group, the size and the room around it; groups without a share are left as they are."""
    with _designing(lottery, by, now, reason) as lottery:
        for feature in Feature.objects.filter(category__lottery=lottery, share__isnull=False):
            feature.minimum, feature.maximum = _quota(feature.share, lottery)
            feature.save(update_fields=["minimum", "maximum"])
        _changed(lottery, by, now)
    return lottery


@transaction.atomic
def unframe(lottery: Lottery, *, by: Person, now: datetime) -> Lottery:
    """Take the drawn letters out again, before any is sent: with other categories they must be read again."""
    lottery = held(lottery, by)
    step(lottery, LotteryState.DESIGNED)
    count, _per_model = lottery.invitations.all().delete()
    note("lottery.unframed", lottery, by, now, letters=count)
    return lottery


@contextmanager
def _designing(lottery: Lottery, by: Person, now: datetime, reason: Words | None) -> Iterator[Lottery]:
    """The categories of a lottery whose letters are not drawn yet: what they are read by stands still afterwards."""
    with changing_settings(lottery.activity, by=by, now=now, reason=reason):
        lottery = held(lottery, by)
        if lottery.state == LotteryState.FRAMED:
            raise Conflict(_("The drawn letters are in. Take them out first: they were read by these categories."))
        if lottery.state != LotteryState.DESIGNED:
            raise Announced()
        yield lottery


def _changed(lottery: Lottery, by: Person, now: datetime, **details: Any) -> None:
    note("lottery.quotas_changed", lottery, by, now, **details)


def _check_key(lottery: Lottery, key: str) -> None:
    if key in RESERVED:
        raise Invalid(_("This name is taken by another column of the file. Choose another one."))
    if lottery.categories.filter(key=key).exists():
        raise Conflict(_("This draw has this category already."))


def _quota(share: Decimal | None, lottery: Lottery) -> tuple[int, int]:
    if share is None:
        return 0, lottery.size
    return planning.quota(float(share), lottery.size, lottery.tolerance_percent)


def _say(thing: Category | Feature, **words: Words) -> None:
    for field, said in words.items():
        for language in LANGUAGES:
            if (text := said.get(language)) is not None:
                setattr(thing, attribute(field, language), text.strip())
