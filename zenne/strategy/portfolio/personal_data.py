"""What the portfolio knows of a person: what they follow, and what they carried, wrote or decided as staff."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from . import actions
from .models import Follow, Need, Origin, Pilot, Post, Project, Revision, Version

# Whose name stands where: it goes, and what was done stays.
NAMED: tuple[tuple[str, type[Model], str], ...] = (
    ("projects_i_carry", Project, "carrier_person"),
    ("revisions_i_proposed", Revision, "proposed_by"),
    ("origins_i_linked", Origin, "linked_by"),
    ("needs_i_noted", Need, "author"),
    ("news_i_wrote", Post, "author"),
    ("pilots_i_concluded", Pilot, "concluded_by"),
)


def _export(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: list(model._default_manager.filter(**{field: person}).order_by("pk").values_list("pk", flat=True))
        for name, model, field in NAMED
    }
    versions = Version.objects.filter(by=person).order_by("at", "pk")
    found["changes_i_made"] = list(versions.values("plan_id", "project_id", "number", "at", "event"))
    follows = Follow.objects.filter(person=person).order_by("pk")
    found["projects_i_follow"] = list(follows.values("project_id", "project__title", "since"))
    return found


def _erase(person: Person, now: datetime) -> None:
    actions.forget_carrier(person, now=now)
    for _name, model, field in NAMED:
        model._default_manager.filter(**{field: person}).update(**{field: None})
    Version.objects.filter(by=person).update(by=None)
    Follow.objects.filter(person=person).delete()


personal_data.register(
    "portfolio",
    PersonalData(
        _("Projects of plans that I follow, carried or wrote on as staff"),
        covers=tuple(
            f"portfolio.{model.__name__}" for model in (Follow, Version, *(model for _name, model, _field in NAMED))
        ),
        export=_export,
        erase=_erase,
        keeps=_("The plans, their projects and their history stay, without your name."),
    ),
)
