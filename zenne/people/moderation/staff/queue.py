"""The queue: every contribution that waits for a moderator, with its reasons, the oldest first."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from zenne.core.numbers import whole_number
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Screen

from .. import actions
from ..enums import CaseState, Source
from ..forms import FilterForm
from ..kinds import contribution_of
from ..models import Case, Decision
from ..queries import Wanted, appeals_to_judge, cases_for, page_of, wanted
from ..queries.flags import in_words

EXCERPT = 220


@dataclass(frozen=True)
class Row:
    """A case as the queue shows it: what it is about, in a few words, and each reason why it is here."""

    case: Case
    label: str | Promise
    excerpt: str
    reasons: list[str]
    looking: Person | None
    decision: Decision | None

    @property
    def is_open(self) -> bool:
        return self.case.state == CaseState.OPEN


def reasons_of(case: Case) -> list[str]:
    """Why it waits: how many residents said what, what the platform noticed, and whether it is read first."""
    said: dict[str, int] = {}
    for report in case.reports.all():
        words = str(report.get_ground_display())
        said[words] = said.get(words, 0) + 1
    reasons = [
        ngettext("%(count)d report: %(ground)s", "%(count)d reports: %(ground)s", count)
        % {"count": count, "ground": ground}
        for ground, count in said.items()
    ]
    reasons += [in_words(flag) for flag in case.flags.all()]
    reasons += [str(source.label) for source in (Source.READING, Source.STAFF) if source in case.sources]
    return reasons


def _on_one_line(text: str) -> str:
    """A title and the paragraphs below it, told apart."""
    return " · ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def row(case: Case, person: Person, now: datetime) -> Row:
    thing = case.about
    decisions = list(case.decisions.all())
    return Row(
        case=case,
        label=contribution_of(thing).label if thing is not None else "",
        excerpt=_on_one_line(contribution_of(thing).excerpt(thing))[:EXCERPT] if thing is not None else "",
        reasons=reasons_of(case),
        looking=case.claimed_by_another(person, now),
        decision=decisions[0] if decisions else None,
    )


class QueueView(Screen):
    template_name = "people/moderation/staff/queue.html"
    page_title = gettext_lazy("Moderation")
    header_icon = "warning"

    def trail(self) -> list[tuple[str, str]]:
        return []

    @cached_property
    def filters(self) -> SimpleNamespace:
        mine = organisations_of(self.person, Role.MODERATOR)
        return SimpleNamespace(form=FilterForm(self.request.GET or None, organisations=mine))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query: QueryDict = self.request.GET
        now: datetime = self.request.now  # type: ignore[attr-defined]
        asked = Wanted.read(query.dict())
        found = wanted(cases_for(self.person), asked, now)
        page = page_of(found, query.get("after", ""))
        here = QueryDict(mutable=True)
        here.update(asked.plain())
        return {
            **super().get_context_data(**kwargs),
            "form": self.filters.form,
            "object_list": page.cases,
            "rows": [row(case, self.person, now) for case in page.cases],
            "narrowed": bool(asked.plain()),
            "waiting": asked.state in ("", CaseState.OPEN),
            "filter": here.urlencode(),
            "next": f"?{here.urlencode()}&after={page.next}".replace("+", "%2B") if page.next else "",
            "later": bool(query.get("after")),
            "appeals": appeals_to_judge(self.person).count(),
            "several": "organisation" in self.filters.form.fields,
        }


class KeepView(Screen):
    """Keep everything that was ticked: each on its own, and what could not be kept is named."""

    any_permission_required = ["change"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(reverse("moderation_case:index"))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        ticked = [one.partition("-") for one in request.POST.getlist("case")[:100]]
        versions = {
            key: version
            for pk, _dash, seen in ticked
            if (key := whole_number(pk)) and (version := whole_number(seen)) is not None
        }
        cases = list(cases_for(self.person).filter(pk__in=versions, state=CaseState.OPEN).select_related("about_type"))
        kept, refused = actions.keep_all(cases, versions=versions, **self.who)
        if kept:
            words = ngettext("%(count)d stays visible.", "%(count)d stay visible.", len(kept))
            messages.success(request, words % {"count": len(kept)})
        for case, refusal in refused[:5]:
            messages.error(request, f"{case}: {refusal.message or refusal.headline}")
        if len(versions) > len(cases):
            messages.warning(
                request, _("Some of these were decided by a colleague in the meantime. Nothing was changed there.")
            )
        if not versions:
            messages.warning(request, _("Tick what stays visible first."))
        filters = QueryDict(request.POST.get("filter", "")).urlencode()
        return redirect(f"{reverse('moderation_case:index')}?{filters}")
