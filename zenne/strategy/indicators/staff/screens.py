"""The pages: what an indicator is, and its desk with its values, targets and definitions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken
from zenne.core.languages import in_every_language
from zenne.core.numbers import key_of
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Careful, CarefulDesk, Desk, blame, carrying

from .. import actions, computing, phrasing, queries, showing, wording
from ..actions.way import locked
from ..enums import OPEN, TRANSITIONS, IndicatorState, MeasurementState
from ..models import Indicator, Measurement
from ..rules import may_define, may_measure
from .forms import IndicatorForm, LevelsForm, ReasonForm, TargetsForm, ValueForm

SHOWN = 24


def desk_url(indicator: Indicator) -> str:
    return reverse("indicator:desk", args=[indicator.pk])


def words_of(refusal: Spoken) -> str:
    return str(refusal.message or refusal.headline)


class DefineView(Desk):
    """A new indicator of one of the person's organisations."""

    any_permission_required = ["add"]
    template_name = "strategy/indicators/staff/define.html"
    page_title = gettext_lazy("New indicator")
    header_icon = "table"

    @cached_property
    def organisations(self) -> list[Organisation]:
        return list(organisations_of(self.person, Role.MANAGER))

    @cached_property
    def organisation(self) -> Organisation:
        asked = self.request.POST.get("organisation") or self.request.GET.get("organisation", "")
        found = next((each for each in self.organisations if str(each.pk) == asked), None)
        return found or self.organisations[0]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(form=IndicatorForm(organisation=self.organisation))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = IndicatorForm(request.POST, organisation=self.organisation)
        levels = form.data.get("nature") == "qualitative"
        if form.is_valid():
            try:
                plain = {0: in_every_language(lambda: _("No")), 1: in_every_language(lambda: _("Yes"))}
                made = actions.define(
                    self.organisation, values=form.values(), levels=plain if levels else None, **self.who
                )
            except Spoken as refusal:
                blame(form, refusal)
            else:
                return redirect(desk_url(made))
        return self.page(form=form, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"organisations": self.organisations, "organisation": self.organisation}
        return {**super().get_context_data(**kwargs), **context}


class OneIndicator(Desk):
    """A page about one indicator of the person's organisations."""

    header_icon = "table"

    @cached_property
    def indicator(self) -> Indicator:
        return get_object_or_404(queries.manageable(self.person), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.indicator)


class EditView(Careful, OneIndicator):
    any_permission_required = ["change"]
    template_name = "strategy/indicators/staff/define.html"
    page_title = gettext_lazy("What it is")
    done = gettext_lazy("Kept.")
    held = ("indicator",)

    def hold(self) -> None:
        locked(self.indicator)

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (desk_url(self.indicator), str(self.indicator))]

    def form(self, data: Any = None) -> IndicatorForm:
        return IndicatorForm(data, organisation=self.indicator.organisation, indicator=self.indicator)

    def save(self, form: IndicatorForm) -> str:
        actions.change(self.indicator, values=form.values(), because=form.words("because"), **self.who)
        return desk_url(self.indicator)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "indicator": self.indicator}


class DeskView(CarefulDesk, OneIndicator):
    """Where it stands; what waits, what is published; targets, levels, definitions."""

    template_name = "strategy/indicators/staff/desk.html"
    page_title = gettext_lazy("Indicator")

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        indicator, bad = self.indicator, kwargs.pop("bad", {})
        levels = self._levels()
        published = list(queries.all_published(indicator).filter(state=MeasurementState.PUBLISHED)[:SHOWN])
        waiting = list(queries.waiting(Indicator.objects.filter(pk=indicator.pk))[:SHOWN])
        manages, house = bool(may_define(self.person, indicator.organisation)), indicator.organisation
        qualitative = indicator.nature == "qualitative"
        why = computing.explain(indicator, self.request.now) if indicator.computed else None  # type: ignore[attr-defined]
        return {
            **super().get_context_data(**kwargs),
            "indicator": indicator,
            "card": showing.cards([indicator], queries.held([indicator.pk], now=self.request.now), drawn=False)[0],  # type: ignore[attr-defined]
            "manages": manages,
            "may_measure": bool(may_measure(self.person, indicator)),
            "steps": [step.value for step in TRANSITIONS[IndicatorState(indicator.state)]] if manages else [],
            "waiting": [self._row(each, levels) for each in waiting],
            "published": [
                self._row(each, levels)
                | {
                    "form": (bad.get(f"revise-{each.pk}") or ValueForm(indicator=indicator, revises=each))
                    if manages and not indicator.followed
                    else None
                }
                for each in published
            ],
            "value_form": bad.get("measure") or ValueForm(indicator=indicator),
            "targets_form": bad.get("targets") or (carrying(TargetsForm(indicator=indicator)) if manages else None),
            "levels_form": (bad.get("levels") or carrying(LevelsForm(indicator=indicator)))
            if manages and qualitative
            else None,
            "retire_form": bad.get("retire") or ReasonForm(organisation=house, prefix="retire"),
            "freeze_form": bad.get("freeze") or ReasonForm(organisation=house, prefix="freeze"),
            "definitions": showing.definitions(indicator),
            "why_nothing": wording.nothing(why) if why else "",
            "inputs": sorted(computing.named_inputs(indicator).items()),
            "to_compute": computing.waiting() if indicator.computed else 0,
            "trouble": kwargs.get("trouble", ""),
        }

    def _levels(self) -> phrasing.Levels:
        return showing.levels_of([self.indicator]).get(self.indicator.pk, {})

    def _row(self, each: Measurement, levels: phrasing.Levels) -> dict[str, Any]:
        each.indicator = self.indicator
        return {
            "it": each,
            "period": phrasing.period(each.start, each.end),
            "value": phrasing.value(self.indicator, each.value, levels),
            "interval": phrasing.interval(self.indicator, each.low, each.high),
        }

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            locked(self.indicator)
            self.__dict__.pop("indicator")
            return self._asked(request.POST.get("verb", ""))

    def _asked(self, verb: str) -> HttpResponse:
        verbs: dict[str, Callable[[], HttpResponse]] = {
            "activate": lambda: self._done(actions.activate, self.indicator, done=_("It is public.")),
            "delete": self._delete,
            "retire": lambda: self._reason("retire", actions.retire),
            "freeze": lambda: self._reason("freeze", actions.freeze),
            "measure": self._measure,
            "revise": self._revise,
            "targets": self._write_targets,
            "levels": self._write_levels,
            "publish_all": lambda: self._done(
                actions.publish_all, self.indicator, done=_("Published: everybody reads it.")
            ),
        }
        single = {
            "validate": (actions.validate, _("Validated.")),
            "send_back": (actions.send_back, _("Sent back.")),
            "publish": (actions.publish, _("Published: everybody reads it.")),
            "discard": (actions.discard, _("Thrown away.")),
        }
        if verb in single and (which := self._which()):
            action, done = single[verb]
            return self._done(action, which, done=done)
        return verbs[verb]() if verb in verbs else self._here()

    def _here(self) -> HttpResponse:
        return redirect(desk_url(self.indicator))

    def _which(self) -> Measurement | None:
        values = Measurement.objects.select_related("indicator").filter(indicator=self.indicator)
        return values.filter(pk=key_of(self.request.POST.get("value"))).first()

    def _done(self, verb: Callable[..., object], thing: Any, *, done: str) -> HttpResponse:
        refusal = self.tried(verb, thing, done=done)
        return self.page(trouble=words_of(refusal), status=refusal.status) if refusal else self._here()

    def _delete(self) -> HttpResponse:
        refusal = self.tried(actions.delete_draft, self.indicator, done=_("The draft is deleted."))
        if refusal:
            return self.page(trouble=words_of(refusal), status=refusal.status)
        return redirect(reverse("indicator:index"))

    def _form(self, key: str, form: Any, verb: Callable[..., object], *given: Any, **more: Any) -> HttpResponse:
        """Do what a form asks; what is refused stands beside its field."""
        if not form.is_valid():
            return self.page(bad={key: form}, status=422)
        try:
            verb(*given, **{name: value() if callable(value) else value for name, value in more.items()}, **self.who)
        except Spoken as refusal:
            blame(form, refusal)
            return self.page(bad={key: form}, status=refusal.status)
        messages.success(self.request, _("Kept."))
        return self._here()

    def _reason(self, key: str, verb: Callable[..., object]) -> HttpResponse:
        form = ReasonForm(self.request.POST, organisation=self.indicator.organisation, prefix=key)
        if key == "freeze" and not may_define(self.person, self.indicator.organisation):
            return self._here()
        return self._form(key, form, verb, self.indicator, because=lambda: form.words("because"))

    def _measure(self) -> HttpResponse:
        """A value that waits for the same period already is replaced only by whoever was shown it."""
        form = ValueForm(self.request.POST, indicator=self.indicator)
        if not form.is_valid():
            return self.page(bad={"measure": form}, status=422)
        given = form.given()
        period = (given["area"], given["start"], given["end"])
        waits = queries.of_period(self.indicator, *period).filter(state__in=OPEN).first()
        if waits is not None and not form.has_seen(waits):
            form.ask_again(waits, phrasing.value(self.indicator, waits.value, self._levels()))
            return self.page(bad={"measure": form}, status=409)
        return self._form("measure", form, actions.measure, self.indicator, **given)

    def _revise(self) -> HttpResponse:
        which = self._which()
        if which is None:
            return self._here()
        form = ValueForm(self.request.POST, indicator=self.indicator, revises=which)
        stands = queries.of_period(self.indicator, which.area, which.start, which.end).first()
        if stands is not None and stands != which:
            return self._revised_meanwhile(form, stands)
        if not form.is_valid():
            return self.page(bad={f"revise-{which.pk}": form}, status=422)
        return self._form(f"revise-{which.pk}", form, actions.revise, which, **form.given())

    def _revised_meanwhile(self, sent: ValueForm, stands: Measurement) -> HttpResponse:
        """What was typed goes on as a revision of what stands there now."""
        fresh = ValueForm(indicator=self.indicator, revises=stands)
        data = sent.data.copy()
        for name in fresh.fields:
            data.setlist(fresh.add_prefix(name), sent.data.getlist(sent.add_prefix(name)))
        form = ValueForm(data, indicator=self.indicator, revises=stands)
        form.add_error(None, _("Somebody else revised this value in the meantime."))
        return self.page(bad={f"revise-{stands.pk}": form}, status=409)

    def _write_targets(self) -> HttpResponse:
        return self._changes("targets", TargetsForm, lambda form: {"targets": form.aims()})

    def _write_levels(self) -> HttpResponse:
        return self._changes("levels", LevelsForm, lambda form: {"levels": form.levels()})

    def _changes(self, key: str, sort: Callable[..., Any], said: Callable[[Any], dict[str, Any]]) -> HttpResponse:
        """Targets or levels: saved only over those that the form had shown."""

        def change(form: Any) -> HttpResponse:
            return self._form(
                key, form, actions.change, self.indicator, values={}, because=form.words("because"), **said(form)
            )

        return self.careful(key, lambda data: sort(data, indicator=self.indicator), change)
