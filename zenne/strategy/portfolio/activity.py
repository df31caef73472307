"""The discussion of a plan as a kind of activity: who may comment on its projects, and when."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.participation.processes.enums import Action
from zenne.participation.processes.kinds import ActivityKind, kinds
from zenne.participation.processes.models import Activity
from zenne.people.access.enums import Level

from .models import Debate


def rule(activity: Activity) -> dict[str, object]:
    """What residents read and what is frozen when it opens."""
    found = Debate.objects.select_related("plan").filter(activity=activity).first() or Debate(activity=activity)
    return {"plan": found.plan.slug if found.plan else "", "reads_first": found.reads_first}


def prepare(activity: Activity) -> None:
    Debate.objects.get_or_create(activity=activity)


def duplicate(old: Activity, new: Activity) -> None:
    """The plan stays with the old one: it is talked about in one place."""
    before = Debate.objects.filter(activity=old).first()
    Debate.objects.update_or_create(
        activity=new, defaults={"plan": None, "reads_first": before.reads_first if before else False}
    )


def address(activity: Activity) -> str:
    found = Debate.objects.select_related("plan").filter(activity=activity, plan__isnull=False).first()
    return found.plan.get_absolute_url() if found and found.plan else ""


kinds.register(
    "debate",
    ActivityKind(
        label=_("Discussion of a plan"),
        icon="messages",
        defaults={Action.COMMENT: Level.CONFIRMED},
        rule=rule,
        address=address,
        prepare=prepare,
        duplicate=duplicate,
        settings=lambda activity: reverse("plan_debate:edit", args=[Debate.objects.get(activity=activity).pk]),
        words={
            "plan": Debate._meta.get_field("plan").verbose_name,
            "reads_first": Debate._meta.get_field("reads_first").verbose_name,
        },
    ),
)
