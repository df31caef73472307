"""Ideation as a kind of activity."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.participation.processes.enums import Action
from zenne.participation.processes.kinds import ActivityKind, kinds
from zenne.participation.processes.models import Activity
from zenne.people.access.enums import Level

from .models import Ideation

RULE = (
    "moderation",
    "place",
    "max_photos",
    "max_files",
    "comments",
    "comment_moderation",
    "stance",
    "oppose",
    "ideas_per_person",
    "supports_per_person",
    "answer_days",
    "edit_minutes",
)


def rule(activity: Activity) -> dict[str, object]:
    """The settings that residents read and that are frozen."""
    settings = Ideation.objects.filter(activity=activity).first() or Ideation(activity=activity)
    return {name: getattr(settings, name) for name in RULE}


def prepare(activity: Activity) -> None:
    Ideation.objects.get_or_create(activity=activity)


def duplicate(old: Activity, new: Activity) -> None:
    Ideation.objects.update_or_create(activity=new, defaults=rule(old))


kinds.register(
    "ideation",
    ActivityKind(
        label=_("Call for ideas"),
        icon="bulb",
        defaults={Action.PROPOSE: Level.CONFIRMED, Action.COMMENT: Level.CONFIRMED, Action.SUPPORT: Level.CONFIRMED},
        rule=rule,
        address=lambda activity: reverse("ideas:list", args=[activity.process.slug]),
        prepare=prepare,
        duplicate=duplicate,
        settings=lambda activity: reverse("idea_call:edit", args=[activity.pk]),
        words={name: Ideation._meta.get_field(name).verbose_name for name in RULE},
    ),
)
