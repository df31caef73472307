"""What other software hears of ideas: what anybody can read on their pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import DEFAULT
from zenne.opendata.api.representations import absolute, at, words
from zenne.opendata.webhooks.kinds import Event, Facts, webhooks
from zenne.participation.processes.enums import ProcessState

from .models import Idea

KNOWN = Idea.objects.filter(published_at__isnull=False).exclude(process__state=ProcessState.DRAFT)


def told_of(idea: Idea) -> dict[str, Any]:
    """The idea, or, when it was taken off the page, its number, its address and that it was."""
    with override(DEFAULT):
        address = absolute(idea.get_absolute_url())
    told: dict[str, Any] = {
        "id": idea.pk,
        "state": idea.state,
        "url": address,
        "api": at(f"/ideas/{idea.pk}"),
        "process": idea.process.slug,
        "organisation": idea.process.organisation.slug,
    }
    if not idea.is_public:
        return told
    return told | {
        "title": idea.title,
        "text": idea.text,
        "language": idea.language,
        "published_at": idea.published_at.isoformat() if idea.published_at else None,
        "supports": idea.support_count,
        "oppositions": idea.oppose_count,
        "comments": idea.comment_count,
    }


def read(key: int) -> Idea | None:
    return KNOWN.all().select_related("process__organisation", "merged_into").filter(pk=key).first()


def idea_data(key: int, facts: Facts) -> dict[str, Any] | None:
    idea = read(key)
    return {"idea": told_of(idea)} if idea and idea.is_public else None


def status_data(key: int, facts: Facts) -> dict[str, Any] | None:
    """With the step and its public reason, as the timeline shows them."""
    idea = read(key)
    change = idea.changes.filter(pk=facts.get("change")).first() if idea else None
    if idea is None or change is None:
        return None
    return {
        "idea": told_of(idea),
        "before": change.before,
        "after": change.after,
        "reason": words(change, "reason").model_dump(),
    }


def merge_data(key: int, facts: Facts) -> dict[str, Any] | None:
    told, idea = status_data(key, facts), read(key)
    if told is None or idea is None or idea.merged_into is None:
        return None
    return {**told, "into": idea.merged_into.pk}


def answer_data(key: int, facts: Facts) -> dict[str, Any] | None:
    idea = read(key)
    answer = idea.answers.filter(number=facts.get("number")).first() if idea and idea.is_public else None
    if idea is None or answer is None:
        return None
    return {
        "idea": told_of(idea),
        "answer": {
            "number": answer.number,
            "body": words(answer, "body").model_dump(),
            "published_at": answer.published_at.isoformat(),
        },
    }


def count_data(key: int, facts: Facts) -> dict[str, Any] | None:
    """How many, never who."""
    idea = read(key)
    if idea is None or not idea.is_public:
        return None
    return {
        "idea": {"id": idea.pk, "process": idea.process.slug, "url": told_of(idea)["url"]},
        "supports": idea.support_count,
        "oppositions": idea.oppose_count,
    }


webhooks.register("idea.published", Event(_("An idea is published"), idea_data))
webhooks.register("idea.status_changed", Event(_("The status of an idea changes"), status_data))
webhooks.register("idea.merged", Event(_("An idea is merged into another"), merge_data))
webhooks.register("idea.answered", Event(_("The organisation answers an idea"), answer_data))
webhooks.register("idea.supports", Event(_("The number of supports of an idea changes"), count_data))
