"""The desk of a call: the projects that fit it, how far each application is, and what its dossier still needs."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.clock import in_brussels
from zenne.core.errors import Spoken
from zenne.people.accounts.models import Person
from zenne.people.organisations.staff import CarefulDesk, Desk, carrying
from zenne.strategy.portfolio.enums import ENDED
from zenne.strategy.portfolio.models import Project
from zenne.web.fields import DayField, EuroField, Worded

from .. import actions
from ..actions.granting import locked
from ..enums import MATCH_TRANSITIONS, OPEN, MatchState
from ..fitting import suggestions
from ..models import Call, Match
from ..rules import may_move_match, may_write

NEEDS_DAY = (MatchState.SUBMITTED, MatchState.GRANTED, MatchState.REFUSED)


def colleagues(call: Call) -> Any:
    return Person.objects.filter(memberships__organisation=call.organisation_id, is_active=True).distinct()


class MatchForm(forms.Form):
    """A project that fits, who writes the application, how much is asked."""

    project = forms.ModelChoiceField(label=gettext_lazy("Project"), queryset=Project.objects.none())

    def __init__(self, data: Any = None, *, call: Call, initial: Any = None) -> None:
        super().__init__(data, prefix="match", initial=initial)
        rows = Project.objects.filter(plan__organisation=call.organisation_id).exclude(state__in=ENDED)
        rows = rows.exclude(pk__in=call.matches.values("project")).select_related("plan")
        self.fields["project"].queryset = rows.order_by("plan", "number")  # type: ignore[attr-defined]
        _add_facts(self, call, None)

    def given(self) -> dict[str, Any]:
        return _facts(self)


class FactsForm(forms.Form):
    def __init__(self, data: Any = None, *, call: Call, match: Match) -> None:
        super().__init__(data, prefix=f"facts-{match.pk}", initial={"owner": match.owner_id, "note": match.note})
        _add_facts(self, call, match.asked_cents)

    def given(self) -> dict[str, Any]:
        return _facts(self)


def _add_facts(form: forms.Form, call: Call, cents: int | None) -> None:
    form.fields["owner"] = forms.ModelChoiceField(label=_("Who writes it"), queryset=colleagues(call), required=False)
    form.fields["asked"] = EuroField(label=_("Asked, in euros"), required=False, initial=cents)
    form.fields["note"] = forms.CharField(
        label=_("Note, for staff alone"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


def _facts(form: forms.Form) -> dict[str, Any]:
    given = form.cleaned_data
    return {"owner": given["owner"], "asked_cents": given["asked"], "note_text": given["note"]}


class PieceForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Piece"), max_length=200)
    required = forms.BooleanField(label=gettext_lazy("Required"), required=False, initial=True)

    def __init__(self, data: Any = None, *, match: Match) -> None:
        super().__init__(data, prefix=f"piece-{match.pk}")


class MoveForm(Worded):
    """The next step of an application, with what it needs to be said."""

    to = forms.ChoiceField(label=gettext_lazy("Next step"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, match: Match) -> None:
        super().__init__(data, prefix=f"move-{match.pk}")
        self.languages = match.call.organisation.languages
        steps = MATCH_TRANSITIONS[MatchState(match.state)]
        self.fields["to"].choices = [(step.value, step.label) for step in steps]  # type: ignore[attr-defined]
        if any(step in NEEDS_DAY for step in steps):
            self.fields["on"] = DayField(label=_("On"), required=False, help_text=_("Left empty: today."))
        if MatchState.GRANTED in steps:
            self.fields["granted"] = EuroField(label=_("Granted, in euros"), required=False)
        self.ask_words("reason", _("Public reason, where it is refused or dropped"), rows=2, most=2000)

    def given(self) -> dict[str, Any]:
        given = self.cleaned_data
        step = {"to": MatchState(given["to"]), "on": given.get("on"), "cents": given.get("granted")}
        return {**step, "reason": self.words("reason")}


class CallDesk(CarefulDesk, Desk):
    template_name = "strategy/governance/staff/call.html"
    page_title = gettext_lazy("Call for projects")
    header_icon = "calendar-alt"

    @cached_property
    def call(self) -> Call:
        return get_object_or_404(Call.objects.select_related("organisation", "team"), pk=self.kwargs["pk"])

    @cached_property
    def matches(self) -> list[Match]:
        rows = self.call.matches.select_related("project__plan", "owner").prefetch_related("pieces")
        found = list(rows.order_by("pk"))
        for row in found:
            row.call = self.call
        return found

    def get_page_subtitle(self) -> str:
        return str(self.call)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        call, bad = self.call, kwargs.pop("bad", {})
        today = in_brussels(self.request.now).date()  # type: ignore[attr-defined]
        may = bool(may_write(self.person, call.organisation))
        open_still = may and call.open(today)
        fits = suggestions(call) if open_still else []
        return {
            **super().get_context_data(**kwargs),
            "call": call,
            "left": call.days_left(today),
            "may": may,
            "rows": [self._row(match, may, bad) for match in self.matches],
            "fits": fits,
            "match_form": (bad.get("match") or MatchForm(call=call)) if open_still else None,
        }

    def _row(self, match: Match, may: bool, bad: dict[str, Any]) -> dict[str, Any]:
        pieces = list(match.pieces.all())
        steps = MATCH_TRANSITIONS[MatchState(match.state)]
        may_move = any(may_move_match(self.person, match, step) for step in steps)
        return {
            "match": match,
            "pieces": pieces,
            "lacking": sum(piece.required and piece.done_on is None for piece in pieces),
            "open": may and match.state in OPEN,
            "facts_form": bad.get(f"facts-{match.pk}") or carrying(FactsForm(call=self.call, match=match)),
            "piece_form": bad.get(f"piece-{match.pk}") or PieceForm(match=match),
            "move_form": bad.get(f"move-{match.pk}") or (MoveForm(match=match) if may_move else None),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        verbs = {
            "match": self._match,
            "facts": self._write,
            "piece": self._piece,
            "tick": self._tick,
            "untick": self._tick,
            "drop": self._tick,
            "move": self._move,
        }
        verb = request.POST.get("verb", "")
        return verbs[verb](verb) if verb in verbs else self._here()

    def _here(self) -> HttpResponse:
        return redirect(reverse("governance_call:desk", args=[self.call.pk]))

    def _which(self) -> Match | None:
        asked = self.request.POST.get("match", "")
        return next((row for row in self.matches if str(row.pk) == asked), None)

    def _ended(self, key: str, form: Any, refusal: Spoken | None) -> HttpResponse:
        return self.page(status=refusal.status, bad={key: form}) if refusal else self._here()

    def _match(self, verb: str) -> HttpResponse:
        form = MatchForm(self.request.POST, call=self.call)
        if not form.is_valid():
            return self.page(status=422, bad={"match": form})
        project = form.cleaned_data["project"]
        refusal = self.tried(actions.match_project, self.call, project, **form.given(), done=_("Kept."))
        return self._ended("match", form, refusal)

    def _write(self, verb: str) -> HttpResponse:
        match = self._which()
        if match is None:
            return self._here()
        key = f"facts-{match.pk}"
        with transaction.atomic():
            held = locked(match)
            return self.careful(
                key,
                lambda data: FactsForm(data, call=self.call, match=held),
                lambda form: self._ended(
                    key, form, self.tried(actions.write_match, held, **form.given(), done=_("Kept."))
                ),
            )

    def _piece(self, verb: str) -> HttpResponse:
        match = self._which()
        if match is None:
            return self._here()
        form = PieceForm(self.request.POST, match=match)
        if not form.is_valid():
            return self.page(status=422, bad={f"piece-{match.pk}": form})
        return self._ended(f"piece-{match.pk}", form, self.tried(actions.add_piece, match, **form.cleaned_data))

    def _tick(self, verb: str) -> HttpResponse:
        match, asked = self._which(), self.request.POST.get("piece", "")
        piece = next((row for row in match.pieces.all() if str(row.pk) == asked), None) if match else None
        if piece is not None and match is not None:
            piece.match = match
            if verb == "drop":
                self.tried(actions.drop_piece, piece)
            else:
                self.tried(actions.tick, piece, ready=verb == "tick")
        return self._here()

    def _move(self, verb: str) -> HttpResponse:
        match = self._which()
        if match is None:
            return self._here()
        form = MoveForm(self.request.POST, match=match)
        if not form.is_valid():
            return self.page(status=422, bad={f"move-{match.pk}": form})
        return self._ended(
            f"move-{match.pk}", form, self.tried(actions.move_match, match, **form.given(), done=_("Kept."))
        )
