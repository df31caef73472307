"""Feasibility studies as a kind of activity."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.participation.processes.kinds import ActivityKind, kinds
from zenne.participation.processes.models import Activity

from .models import Feasibility


def rule(activity: Activity) -> dict[str, object]:
    """The settings that residents read and that are frozen. What it begins with is a step of the process, not a rule."""
    settings = Feasibility.objects.filter(activity=activity).first() or Feasibility(activity=activity)
    return {"days": settings.days}


def prepare(activity: Activity) -> None:
    Feasibility.objects.get_or_create(activity=activity)


def duplicate(old: Activity, new: Activity) -> None:
    """The days go along; the call or decision belongs to the old process."""
    Feasibility.objects.update_or_create(activity=new, defaults=rule(old))


kinds.register(
    "feasibility",
    ActivityKind(
        label=_("Feasibility study"),
        icon="tool",
        defaults={},
        rule=rule,
        address=lambda activity: reverse("studies:list", args=[activity.process.slug, activity.pk]),
        prepare=prepare,
        duplicate=duplicate,
        settings=lambda activity: reverse("feasibility:edit", args=[activity.pk]),
        words={"days": Feasibility._meta.get_field("days").verbose_name},
    ),
)
