"""A vote as a kind of activity, and its rule: everything that is frozen when it opens."""

import hashlib

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES, text_in
from zenne.participation.processes.enums import Action
from zenne.participation.processes.kinds import ActivityKind, kinds
from zenne.participation.processes.models import Activity
from zenne.people.access.enums import Level

from . import marks
from .counting import canonical, tallying
from .models import Contributor, District, Exclusion, Option, Vote
from .models.vote import SETTINGS


def rule(activity: Activity) -> dict[str, object]:
    """How one votes, on what, and how it is counted. Titles stand in full; of the longer texts their fingerprint does."""
    vote = Vote.objects.filter(activity=activity).first() or Vote(activity=activity)
    districts = list(vote.districts.select_related("area").order_by("number"))
    options = list(vote.options.select_related("district").order_by("number"))
    pairs = list(Exclusion.objects.filter(vote_id=activity.pk).select_related("first", "second"))
    contributors = list(vote.contributors.prefetch_related("contributions__district").order_by("number"))
    return {name: getattr(vote, name) for name in SETTINGS} | {
        "source": vote.source.number if vote.source else None,
        "districts": [_district(each) for each in districts],
        "options": [_option(each) for each in options],
        "exclusions": sorted(sorted((pair.first.number, pair.second.number)) for pair in pairs),
        "contributors": [_contributor(each) for each in contributors],
        "tally": tallying.tally(vote, options, districts, pairs, contributors),
    }


def _district(district: District) -> dict[str, object]:
    return {
        "number": district.number,
        "title": _in_languages(district, "title"),
        "area": [district.area.kind, district.area.code] if district.area else None,
        "budget_cents": district.budget_cents,
    }


def _option(option: Option) -> dict[str, object]:
    return {
        "number": option.number,
        "title": _in_languages(option, "title"),
        "summary_sha256": hashlib.sha256(canonical(_in_languages(option, "summary"))).hexdigest(),
        "idea": option.idea_id,
        "cost_cents": option.cost_cents,
        "district": option.district.number if option.district else None,
        "min_votes": option.min_votes,
    }


def _contributor(contributor: Contributor) -> dict[str, object]:
    return {
        "number": contributor.number,
        "title": _in_languages(contributor, "title"),
        "brings": [
            {"group": each.district.number if each.district else None, "cents": each.cents, "parts": each.parts}
            for each in sorted(contributor.contributions.all(), key=lambda each: each.district_id or 0)
        ],
    }


def _in_languages(thing: District | Option | Contributor, field: str) -> dict[str, str]:
    return {language: words for language in LANGUAGES if (words := text_in(thing, field, language))}


def prepare(activity: Activity) -> None:
    vote, _made = Vote.objects.get_or_create(activity=activity)
    marks.make_key(vote)


def duplicate(old: Activity, new: Activity) -> None:
    """The way of voting is copied; what is voted on belongs to one vote."""
    before = Vote.objects.get(activity=old)
    vote, _made = Vote.objects.update_or_create(
        activity=new, defaults={name: getattr(before, name) for name in SETTINGS}
    )
    marks.make_key(vote)


kinds.register(
    "vote",
    ActivityKind(
        label=_("Vote"),
        icon="checkbox",
        defaults={Action.VOTE: Level.CONFIRMED},
        rule=rule,
        address=lambda activity: reverse("voting:page", args=[activity.process.slug, activity.pk]),
        prepare=prepare,
        duplicate=duplicate,
        settings=lambda activity: reverse("vote:edit", args=[activity.pk]),
        words={name: Vote._meta.get_field(name).verbose_name for name in SETTINGS}
        | {
            "districts": _("groups of options"),
            "options": _("options"),
            "exclusions": _("incompatible pairs"),
            "contributors": _("contributors to the budget"),
            "source": _("begins with the selection"),
        },
    ),
)
