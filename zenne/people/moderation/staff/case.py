"""One case: what was written, every reason why it is here, and the decision."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.errors import Conflict, Spoken
from zenne.core.languages import LANGUAGES, language_name
from zenne.people.history import queries as history
from zenne.people.history.kinds import in_words as event_in_words
from zenne.people.organisations.staff import Screen

from .. import actions
from ..cases import thing_of
from ..enums import CaseState, Ground, Verdict
from ..forms import DecisionForm, RestoreForm
from ..kinds import contributions
from ..models import Case, Decision
from ..queries import block_of, cases_for
from ..queries.flags import in_words
from ..rules import may_block, may_moderate


class CaseView(Screen):
    template_name = "people/moderation/staff/case.html"
    page_title = gettext_lazy("Case")
    header_icon = "warning"

    @cached_property
    def case(self) -> Case:
        found = cases_for(self.person).select_related("organisation", "author", "claimed_by", "about_type")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @cached_property
    def thing(self) -> Any:
        return thing_of(self.case)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.case = actions.claim(self.case, **self.who)
        return super().get(request, *args, **kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "leave" in request.POST:
            actions.release(self.case, **self.who)
            return redirect(reverse("moderation_case:index"))
        if self.thing is None:
            return redirect(request.path)
        restoring = "restore" in request.POST
        form: Any = RestoreForm(request.POST) if restoring else self._form(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing is decided yet: see below what is missing."))
            return self._page(form, 422)
        given = form.cleaned_data
        try:
            if restoring:
                actions.decide(self.thing, Verdict.RESTORED, text=given["text"], **self.who)
            else:
                ground = Ground(given["ground"]) if given["ground"] else None
                verdict = Verdict(given["verdict"])
                words = {"ground": ground, "text": given["text"], "version": given["version"]}
                actions.decide(self.thing, verdict, **words, **self.who)
        except Spoken as refusal:
            return self._refused(form, refusal)
        messages.success(request, _("The decision is taken. The author and those who reported it are told."))
        return redirect(self._next() if "next" in request.POST else reverse("moderation_case:index"))

    def _refused(self, form: Any, refusal: Spoken) -> HttpResponse:
        """Say it above the form, which now shows the case as it is; what was typed is kept."""
        for known in ("case", "thing"):
            self.__dict__.pop(known, None)
        form.data = form.data.copy()
        form.data["version"] = self.case.version
        form.add_error(None, str(refusal.message or refusal.headline))
        messages.error(self.request, str(refusal.message or refusal.headline))
        return self._page(form, 409 if isinstance(refusal, Conflict) else 422)

    def _page(self, form: Any, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def _next(self) -> str:
        """The oldest case that waits after this one and that nobody else looks at; else the queue."""
        waiting = cases_for(self.person).filter(state=CaseState.OPEN).exclude(pk=self.case.pk)
        free = [one for one in waiting.order_by("opened_at", "pk")[:20] if not one.claimed_by_another(**self._at())]
        return reverse("moderation_case:edit", args=[free[0].pk]) if free else reverse("moderation_case:index")

    def _at(self) -> dict[str, Any]:
        return {"person": self.person, "now": self.request.now}  # type: ignore[attr-defined]

    def _form(self, data: Any = None) -> DecisionForm:
        contribution = contributions.get(f"{self.case.about_type.app_label}.{self.case.about_type.model}")
        waits = self.thing is not None and contribution is not None and contribution.waits(self.thing)
        first = {"version": self.case.version, "ground": self.case.grounds[0] if self.case.grounds else ""}
        return DecisionForm(data, waits=waits, initial=first)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, thing = self.case, self.thing
        form = kwargs.pop("form", None)
        contribution = contributions.get(f"{case.about_type.app_label}.{case.about_type.model}")
        kind = case.about_type
        others = Case.objects.filter(about_type=kind, about_id=case.about_id).exclude(pk=case.pk)
        decisions = list(case.decisions.select_related("moderator", "appeal").order_by("decided_at", "id"))
        context = {
            **super().get_context_data(**kwargs),
            "case": case,
            "looking": case.claimed_by_another(**self._at()),
            "is_open": case.state == CaseState.OPEN and thing is not None,
            "reports": case.reports.select_related("reporter").order_by("reported_at", "id"),
            "flags": [(flag, in_words(flag)) for flag in case.flags.order_by("found_at", "id")],
            "decisions": decisions,
            "earlier": others.prefetch_related("decisions").order_by("-opened_at", "-id")[:10],
            "form": form if isinstance(form, DecisionForm) else self._form(),
            "restore": form if isinstance(form, RestoreForm) else RestoreForm(),
            "may_restore": bool(decisions) and self._hidden(decisions[-1]),
            "thing": thing,
            "may": thing is not None and bool(may_moderate(self.person, thing)),
            "about_author": self._author(),
            "happened": [(entry, event_in_words(entry.event)) for entry in history.about(thing)[:12]]
            if thing is not None
            else [],
        }
        if thing is not None and contribution is not None:
            language = contribution.language(thing)
            context |= {
                "label": contribution.label,
                "excerpt": contribution.excerpt(thing),
                "address": contribution.address(thing),
                "language": language,
                "written_at": contribution.written_at(thing),
                "waits": contribution.waits(thing),
                "gone": contribution.gone(thing),
            }
        return context

    def _hidden(self, last: Decision) -> bool:
        """Hidden by this case, and nobody waits for a second look: then a colleague may take it back here."""
        appeal = getattr(last, "appeal", None)
        return last.verdict == Verdict.HIDDEN and (appeal is None or bool(appeal.outcome))

    def _author(self) -> dict[str, Any] | None:
        """What a fair decision needs to know of the author, and no more: how long here, how often before, in which language they are told."""
        author = self.case.author
        if author is None:
            return None
        now = self.request.now  # type: ignore[attr-defined]
        before = Decision.objects.filter(
            case__author=author, case__organisation=self.case.organisation, verdict=Verdict.HIDDEN
        ).exclude(case=self.case)
        language = author.language if author.language in LANGUAGES else LANGUAGES[0]
        return {
            "person": author,
            "language": language_name(language),
            "hidden": before.count(),
            "block": block_of(author, self.case.organisation, now),
            "may_block": bool(may_block(self.person, self.case.organisation, author)),
        }
