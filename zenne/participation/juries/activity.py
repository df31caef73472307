"""A jury as a kind of activity."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES, text_in
from zenne.participation.processes.kinds import ActivityKind, kinds
from zenne.participation.processes.models import Activity

from .models import Criterion, Jury, Level
from .queries import criteria

SETTINGS = ("keep", "points", "blind", "comments")


def rule(activity: Activity) -> dict[str, object]:
    """What everybody reads and what is frozen: how many are kept, how it is scored, and each criterion with its weight and its words."""
    jury = Jury.objects.filter(activity=activity).first() or Jury(activity=activity)
    return {
        **{name: getattr(jury, name) for name in SETTINGS},
        "criteria": [
            {
                "title": _texts(each, "title"),
                "text": _texts(each, "text"),
                "weight": each.weight,
                "scale": {str(level.value): _texts(level, "words") for level in each.levels.all()},
            }
            for each in (criteria(jury) if jury.pk else [])
        ],
    }


def _texts(thing: Criterion | Level, field: str) -> dict[str, str]:
    return {language: text_in(thing, field, language) for language in LANGUAGES}


def prepare(activity: Activity) -> None:
    Jury.objects.get_or_create(activity=activity)


def duplicate(old: Activity, new: Activity) -> None:
    """The rule is copied, not the people nor the ideas."""
    before = Jury.objects.filter(activity=old).first()
    if before is None:
        prepare(new)
        return
    given = {name: getattr(before, name) for name in (*SETTINGS, "remind_days", "charter", "i18n")}
    given["i18n"] = {key: text for key, text in (before.i18n or {}).items() if key.startswith("charter")}
    jury, _made = Jury.objects.update_or_create(activity=new, defaults=given)
    for each in criteria(before):
        levels = list(each.levels.all())
        made = Criterion.objects.create(
            jury=jury, position=each.position, title=each.title, text=each.text, weight=each.weight, i18n=each.i18n
        )
        for level in levels:
            Level.objects.create(criterion=made, value=level.value, words=level.words, i18n=level.i18n)


kinds.register(
    "jury",
    ActivityKind(
        label=_("Jury"),
        icon="scale",
        defaults={},
        rule=rule,
        address=lambda activity: reverse("juries:page", args=[activity.process.slug, activity.pk]),
        prepare=prepare,
        duplicate=duplicate,
        settings=lambda activity: reverse("jury:edit", args=[activity.pk]),
        words={
            **{name: Jury._meta.get_field(name).verbose_name for name in SETTINGS},
            "criteria": _("Criteria"),
        },
    ),
)
