"""A draw by lot as a kind of activity, and its rule: what the letters promise and what is frozen when it opens."""

from datetime import UTC, date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES, text_in
from zenne.participation.processes.kinds import ActivityKind, kinds
from zenne.participation.processes.models import Activity

from . import queries
from .models import Category, Feature, Lottery
from .models.lottery import PLANS, SETTINGS

MOMENTS = ("answer_until", "begins_on", "ends_on")
COPIED = (
    *(name for name in SETTINGS if name not in MOMENTS),
    *(name for name in PLANS if name != "panel"),
    "letter",
    "signed_by",
    "i18n",
)
OF_CATEGORY = ("position", "key", "kind", "known", "name", "question", "figures", "i18n")
OF_FEATURE = (
    "position",
    "key",
    "name",
    "age_from",
    "age_to",
    "area_id",
    "share",
    "response_percent",
    "minimum",
    "maximum",
    "i18n",
)


def rule(activity: Activity) -> dict[str, object]:
    """How the panel is drawn, from whom, and with which quotas."""
    lottery = Lottery.objects.filter(activity=activity).first() or Lottery(activity=activity)
    return {name: _plain(getattr(lottery, name)) for name in SETTINGS} | {
        "quotas": [
            {
                "category": category.key,
                "name": _in_languages(category),
                "groups": [
                    {
                        "group": feature.key,
                        "name": _in_languages(feature),
                        "minimum": feature.minimum,
                        "maximum": feature.maximum,
                    }
                    for feature in category.features.all()
                ],
            }
            for category in queries.categories(lottery)
        ]
    }


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value


def _in_languages(thing: Category | Feature) -> dict[str, str]:
    return {language: words for language in LANGUAGES if (words := text_in(thing, "name", language))}


def prepare(activity: Activity) -> None:
    Lottery.objects.get_or_create(activity=activity)


def duplicate(old: Activity, new: Activity) -> None:
    """The design is copied, quotas and words of the letter with it; letters, answers and draws belong to one lottery."""
    before = Lottery.objects.get(activity=old)
    after, _made = Lottery.objects.update_or_create(
        activity=new, defaults={name: getattr(before, name) for name in COPIED}
    )
    after.categories.all().delete()
    for category in queries.categories(before):
        copy = Category.objects.create(lottery=after, **{name: getattr(category, name) for name in OF_CATEGORY})
        for feature in category.features.all():
            Feature.objects.create(category=copy, **{name: getattr(feature, name) for name in OF_FEATURE})


kinds.register(
    "lottery",
    ActivityKind(
        label=_("Draw by lot"),
        icon="ticket",
        defaults={},
        rule=rule,
        address=lambda activity: reverse("sortition:page", args=[activity.process.slug, activity.pk]),
        prepare=prepare,
        duplicate=duplicate,
        settings=lambda activity: reverse("lottery:edit", args=[activity.pk]),
        words={name: Lottery._meta.get_field(name).verbose_name for name in SETTINGS} | {"quotas": _("quotas")},
    ),
)
