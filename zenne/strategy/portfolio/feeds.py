"""What changes in a plan, and what is written about a project, as Atom."""

from datetime import datetime, time

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.clock import at_brussels
from zenne.core.errors import NotFound
from zenne.core.languages import current, shown
from zenne.web.feeds import MOST, AtomFeed, Entry, tag

from . import news, queries
from .models import Plan, Project
from .news import Change


def entry(change: Change) -> Entry:
    when = change.at or at_brussels(change.day, time(12))
    return Entry(
        key=f"{change.key}/{change.language}",
        title=f"{change.words} · {change.title}",
        link=change.url,
        text=change.more,
        published=when,
        updated=when,
        language=change.language,
    )


class PlanChanges(AtomFeed):
    now: datetime

    def get_object(self, request: HttpRequest, plan: str) -> Plan:
        found = queries.public_plans().filter(slug=plan).first()
        if found is None:
            raise NotFound(_("There is no plan at this address."))
        self.now = request.now  # type: ignore[attr-defined]
        return found

    def title(self, plan: Plan) -> str:
        return _("What changes in %(title)s") % {"title": shown(plan, "name")[0]}

    def link(self, plan: Plan) -> str:
        return plan.get_absolute_url()

    def feed_guid(self, plan: Plan) -> str:
        return tag(f"plan/{plan.pk}/changes/{current()}")

    def since(self, plan: Plan) -> datetime:
        return plan.created_at

    def items(self, plan: Plan) -> list[Entry]:
        return [entry(each) for each in news.latest(plan, now=self.now, most=MOST)]


class ProjectNews(AtomFeed):
    def get_object(self, request: HttpRequest, plan: str, slug: str) -> Project:
        found = queries.public_projects().filter(plan__slug=plan, slug=slug).first()
        if found is None:
            raise NotFound(_("There is no project at this address."))
        return found

    def title(self, project: Project) -> str:
        return _("News of %(title)s") % {"title": shown(project, "title")[0]}

    def link(self, project: Project) -> str:
        return reverse("portfolio:project", args=[project.plan.slug, project.slug])

    def feed_guid(self, project: Project) -> str:
        return tag(f"planned-project/{project.pk}/news/{current()}")

    def since(self, project: Project) -> datetime:
        return project.created_at

    def items(self, project: Project) -> list[Entry]:
        return [entry(each) for each in news.of_project(project)]
