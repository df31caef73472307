"""The page of a process may be shown inside other sites."""

from django.urls import reverse

from zenne.core.languages import shown
from zenne.web.embedding import Embeddable, embeds

from .models import Process
from .queries import public

HEIGHT = 600


def embeddable(process: Process) -> Embeddable:
    organisation = process.organisation
    return Embeddable(
        title=shown(process, "title")[0],
        owner=str(organisation),
        owner_url=organisation.get_absolute_url(),
        page=process.get_absolute_url(),
        widget=reverse("processes-widget:process", args=[process.slug]),
        height=HEIGHT,
        picture=reverse("processes:picture", args=[process.slug]),
    )


def find(slug: str) -> Embeddable | None:
    process = public().select_related("organisation").filter(slug=slug).first()
    return embeddable(process) if process else None


embeds.register("processes:page", find)
