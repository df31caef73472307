"""The page of an idea may be shown inside other sites."""

from django.urls import reverse

from zenne.participation.processes.enums import ProcessState
from zenne.web.embedding import Embeddable, embeds

from .models import Idea

HEIGHT = 340


def embeddable(idea: Idea) -> Embeddable:
    organisation = idea.process.organisation
    return Embeddable(
        title=idea.title,
        owner=str(organisation),
        owner_url=organisation.get_absolute_url(),
        page=idea.get_absolute_url(),
        widget=reverse("ideas:widget", args=[idea.pk]),
        height=HEIGHT,
        picture=reverse("ideas:picture", args=[idea.process.slug, idea.pk]),
    )


def find(process: str, pk: int) -> Embeddable | None:
    """By its number; an old address of an idea that lives elsewhere now finds it all the same. Nothing that nobody may read."""
    known = Idea.objects.filter(listed=True, pk=pk).exclude(process__state=ProcessState.DRAFT)
    idea = known.select_related("process__organisation").defer("search").first()
    return embeddable(idea) if idea else None


embeds.register("ideas:page", find)
