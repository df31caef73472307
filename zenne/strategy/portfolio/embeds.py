"""The page of a project may be shown inside other sites."""

from django.urls import reverse

from zenne.core.languages import shown
from zenne.web.embedding import Embeddable, embeds

from .models import Project
from .queries import public_projects

HEIGHT = 460


def embeddable(project: Project) -> Embeddable:
    organisation = project.plan.organisation
    return Embeddable(
        title=shown(project, "title")[0],
        owner=str(organisation),
        owner_url=organisation.get_absolute_url(),
        page=project.get_absolute_url(),
        widget=reverse("portfolio:widget", args=[project.plan.slug, project.slug]),
        height=HEIGHT,
        picture=reverse("portfolio:picture", args=[project.plan.slug, project.slug]),
    )


def find(plan: str, slug: str) -> Embeddable | None:
    project = public_projects().filter(plan__slug=plan, slug=slug).first()
    return embeddable(project) if project else None


embeds.register("portfolio:project", find)
