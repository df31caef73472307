"""What comments know of a person: their words and reactions. Words said in public stay, without the name."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Comment, Mention, Reaction


def _export(person: Person) -> dict[str, Any]:
    said = Comment.objects.filter(author=person).order_by("id")
    given = Reaction.objects.filter(person=person).order_by("id")
    return {
        "comments": list(
            said.values("id", "text", "language", "stance", "state", "created_at", "edited_at", "ended_at")
        ),
        "reactions": list(given.values("comment_id", "kind", "given_at")),
    }


def _erase(person: Person, now: datetime) -> None:
    reacted = Comment.objects.filter(reactions__person=person)
    reacted.update(reaction_count=F("reaction_count") - 1)
    Reaction.objects.filter(person=person).delete()
    Mention.objects.filter(person=person).delete()
    Comment.objects.filter(author=person).update(author=None)


personal_data.register(
    "comments",
    PersonalData(
        _("My comments and reactions"),
        covers=("comments.Comment", "comments.Reaction", "comments.Mention"),
        export=_export,
        erase=_erase,
        keeps=_(
            "Your comments stay readable, without your name, so that the answers to them keep their sense. Delete them first if you do not want that."
        ),
    ),
)
