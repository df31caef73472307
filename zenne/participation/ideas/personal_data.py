"""What ideas know of a person: what they wrote, began, supported and agreed to, and what they did as staff."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .actions import forget_draft
from .actions.merging import recount
from .enums import IdeaState
from .models import Draft, Idea, Merge, MergeConsent, Note, OfficialAnswer, StatusChange, Support, Version
from .queries import drafts_of

NEVER_SHOWN = (IdeaState.SUBMITTED, IdeaState.REJECTED, IdeaState.WITHDRAWN)
WORDS = ("id", "title", "text", "language", "state", "channel", "submitted_at", "published_at", "lon", "lat", "address")


def _export(person: Person) -> dict[str, Any]:
    versions = Version.objects.filter(written_by=person).order_by("idea_id", "number")
    return {
        "ideas": list(Idea.objects.filter(author=person).order_by("id").values(*WORDS)),
        "versions": list(versions.values("idea_id", "number", "title", "text", "written_at")),
        "drafts": list(Draft.objects.filter(person=person).order_by("started_at", "key").values("data", "updated_at")),
        "supports": list(Support.objects.filter(person=person).order_by("id").values("idea_id", "value", "given_at")),
        "merges_agreed_to": list(
            MergeConsent.objects.filter(person=person).order_by("id").values("merge_id", "agreed", "answered_at")
        ),
        "answers_written_as_staff": list(
            OfficialAnswer.objects.filter(author=person).order_by("id").values("idea_id", "body", "published_at")
        ),
        "notes_written_as_staff": list(
            Note.objects.filter(author=person).order_by("id").values("idea_id", "text", "written_at")
        ),
    }


def _erase(person: Person, now: datetime) -> None:
    for draft in drafts_of(person):
        forget_draft(draft)
    for idea in Idea.objects.filter(author=person, state__in=NEVER_SHOWN, merged_here__isnull=True).order_by("pk"):
        with (
            suppress(ProtectedError),
            transaction.atomic(),
        ):  # what was decided about publicly stays, without its author
            idea.delete()
    Idea.objects.filter(author=person).update(author=None)
    supported = list(Idea.objects.filter(supports__person=person).select_for_update(of=("self",)).order_by("pk"))
    Support.objects.filter(person=person).delete()
    for idea in supported:
        recount(idea)
    MergeConsent.objects.filter(person=person).delete()
    for model, fields in (
        (Idea, ("entered_by", "assigned_to")),
        (Version, ("written_by",)),
        (StatusChange, ("changed_by",)),
        (OfficialAnswer, ("author",)),
        (Note, ("author",)),
        (Merge, ("proposed_by", "completed_by", "undone_by")),
    ):
        for field in fields:
            model._default_manager.filter(**{field: person}).update(**{field: None})


personal_data.register(
    "ideas",
    PersonalData(
        _("My ideas, drafts and supports"),
        covers=(
            *("ideas.Idea", "ideas.Version", "ideas.Draft", "ideas.Support", "ideas.MergeConsent"),
            *("ideas.StatusChange", "ideas.OfficialAnswer", "ideas.Note", "ideas.Merge"),
        ),
        export=_export,
        erase=_erase,
        keeps=_(
            "Ideas that everyone could read stay, without your name, because others supported and discussed them. "
            "Withdraw them first if you do not want that. Your supports no longer count."
        ),
    ),
)
