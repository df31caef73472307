"""The input manager: the list of ideas, and one step for many of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from zenne.core.languages import current
from zenne.core.numbers import key_of, whole_number
from zenne.opendata.exports.enums import Sheet
from zenne.people.organisations.staff import Screen

from .. import showing
from ..enums import LISTED
from ..models import Idea, StatusChange
from ..queries import MOST, Count
from ..queries.staff import ORDERS, Wanted, desk_page, earlier_reasons, manageable, wanted
from .forms import FilterForm, StatusForm
from .screens import idea_url, list_url
from .verbs import VERBS, Verb, for_each

# As many as one step is taken with at once: somebody waits for the page.
AT_ONCE = 100
OUTCOME = "ideas.outcome"


@dataclass(frozen=True)
class Row:
    idea: Idea
    status: showing.Status
    clock: showing.Clock | None

    @property
    def url(self) -> str:
        return idea_url(self.idea.pk)

    @property
    def language(self) -> str:
        return self.idea.language if self.idea.language != current() else ""

    @property
    def answered(self) -> bool:
        return self.clock is not None and self.clock.answered

    @property
    def late(self) -> bool:
        return self.clock is not None and self.clock.late


def row(idea: Idea, now: datetime) -> Row:
    clock = showing.clock(idea, now) if idea.state in LISTED else None
    return Row(idea, showing.status(idea), clock)


def counted(ideas: Any) -> Count:
    """How many, looking at no more than anybody counts to."""
    number = ideas.order_by("pk").values("pk")[: MOST + 1].count()
    return Count(min(number, MOST), number > MOST)


def without_page(query: QueryDict) -> str:
    """What the list is filtered and ordered by, as its address says it."""
    kept = query.copy()
    kept.pop("page", None)
    for name in [name for name, value in kept.items() if not value]:
        del kept[name]
    return kept.urlencode()


class ListView(Screen):
    template_name = "participation/ideas/staff/list.html"
    page_title = gettext_lazy("Ideas")

    def trail(self) -> list[tuple[str, str]]:
        return []

    @cached_property
    def filters(self) -> SimpleNamespace:
        return SimpleNamespace(form=FilterForm(self.request.GET, person=self.person))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query: QueryDict = self.request.GET
        now: datetime = self.request.now  # type: ignore[attr-defined]
        asked = Wanted.read(query.dict())
        ideas = wanted(manageable(self.person), asked, person=self.person, now=now)
        order = query.get("order", "")
        page = desk_page(ideas, order if order in ORDERS else "newest", query.get("page", ""))
        count = counted(ideas) if page.next or page.previous else Count(len(page.ideas))
        here = without_page(query)
        return {
            **super().get_context_data(**kwargs),
            "form": self.filters.form,
            "object_list": page.ideas,
            "rows": [row(idea, now) for idea in page.ideas],
            "count": count,
            "narrowed": bool(asked.plain()),
            "more_filters": any(getattr(asked, name) for name in ("channel", "language", "tag", "place", "theme")),
            "filter": here,
            "next": f"?{here}&page={page.next}" if page.next else "",
            "previous": f"?{here}&page={page.previous}" if page.previous else "",
            "verbs": [(key, verb.label) for key, verb in VERBS.items() if verb.many],
            "at_once": AT_ONCE,
            "sheets": Sheet.choices,
        }


class ManyView(Screen):
    """One step for many ideas: what it asks for, then what came of it."""

    template_name = "participation/ideas/staff/many.html"
    page_title = gettext_lazy("Many ideas at once")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(list_url())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        back = QueryDict(request.POST.get("filter", "")).urlencode()
        verb = VERBS.get(request.POST.get("verb", ""))
        ideas = self._chosen(request)
        if verb is None or not verb.many or not ideas:
            messages.warning(request, _("Tick the ideas, and say what to do with them."))
            return redirect(list_url(back))
        key = request.POST["verb"]
        if "go" in request.POST:
            form = verb.form(request.POST, ideas=ideas, person=self.person, prefix=key)
            if form.is_valid():
                outcome = for_each(verb, ideas, form, **self.who)
                request.session[OUTCOME] = {
                    "verb": key,
                    "changed": len(outcome.changed),
                    "refused": [
                        [idea.pk, idea.title, str(refusal.message or refusal.headline)]
                        for idea, refusal in outcome.refused
                    ],
                    "back": back,
                }
                return redirect(reverse("idea:outcome"))
            return self._page(verb, key, ideas, form, back, 422)
        words = earlier_words(request, ideas) if verb.form is StatusForm else {}
        first = {**words, "to": request.POST.get("status-to", "")} if words else None
        return self._page(verb, key, ideas, verb.form(ideas=ideas, person=self.person, prefix=key, initial=first), back)

    def _chosen(self, request: Any) -> list[Idea]:
        """Those ticked, or all that the list shows up to the limit; of one's own organisations only."""
        mine = manageable(self.person)
        if request.POST.get("all"):
            asked = Wanted.read(QueryDict(request.POST.get("filter", "")).dict())
            return list(wanted(mine, asked, person=self.person, now=request.now)[:AT_ONCE])
        keys = [key for text in request.POST.getlist("idea") if (key := whole_number(text))]
        return list(mine.filter(pk__in=keys[:AT_ONCE])[:AT_ONCE])

    def _page(
        self, verb: Verb, key: str, ideas: Sequence[Idea], form: Any, back: str, status: int = 200
    ) -> HttpResponse:
        context = {
            "verb": verb,
            "key": key,
            "ideas": ideas,
            "form": form,
            "filter": back,
            "back": list_url(back),
            "reasons": reasons_for(ideas) if verb.form is StatusForm else [],
            "said": ngettext("%(count)d idea", "%(count)d ideas", len(ideas)) % {"count": len(ideas)},
        }
        return self.render_to_response(self.get_context_data(**context), status=status)


def reasons_for(ideas: Sequence[Idea]) -> list[tuple[StatusChange, str]]:
    """The reasons given before in the processes of these ideas, each with the words to recognise it by."""
    found = earlier_reasons({idea.process_id for idea in ideas})
    return [(change, showing.excerpt(change.reason_i18n or change.reason or "", 110)) for change in found]


def earlier_words(request: Any, ideas: Sequence[Idea]) -> dict[str, str]:
    """The words of the reason that was chosen, if it was given in one of these processes."""
    earlier = StatusChange.objects.filter(idea__process__in={idea.process_id for idea in ideas})
    change = earlier.filter(pk=key_of(request.POST.get("use"))).first()
    return StatusForm.saying(change) if change else {}


class OutcomeView(Screen):
    """How many took the step, and which did not and why."""

    template_name = "participation/ideas/staff/outcome.html"
    page_title = gettext_lazy("What came of it")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        outcome = request.session.get(OUTCOME)
        if not outcome or outcome["verb"] not in VERBS:
            return redirect(list_url())
        context = {
            "verb": VERBS[outcome["verb"]],
            "changed": outcome["changed"],
            "refused": [(idea_url(pk), title, words) for pk, title, words in outcome["refused"]],
            "back": list_url(outcome["back"]),
        }
        return self.render_to_response(self.get_context_data(**context))
