"""The desk of a sitting: its agenda, who was there, what was resolved, the minutes."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.documents.models import Document

from zenne.core.clock import in_brussels
from zenne.core.errors import Spoken
from zenne.participation.advices.models import Advice
from zenne.people.organisations.staff import CarefulDesk, Desk, carrying
from zenne.strategy.portfolio.models import Project
from zenne.web.fields import Worded

from .. import actions, queries
from ..actions.way import locked_sitting
from ..enums import ItemKind, Outcome, SittingState, Step
from ..models import Call, Item, Resolution, Review, Sitting
from ..models.sittings import SUBJECTS
from ..rules import may_enter, may_move_sitting, may_prepare
from .forms import ReasonForm

MOST_CHOICES = 400


class ItemForm(Worded):
    """A new item, or one that is written again. What it is about is chosen among what the organisation has."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ItemKind.choices)
    about = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    confidential = forms.BooleanField(
        label=gettext_lazy("Confidential"),
        required=False,
        help_text=gettext_lazy("Everyone reads that there is such an item, not which."),
    )

    def __init__(self, data: Any = None, *, sitting: Sitting, offered: Any, which: Item | None = None) -> None:
        held = next((name for name in SUBJECTS if which and getattr(which, f"{name}_id")), "")
        about = f"{held}:{getattr(which, f'{held}_id')}" if held else ""
        initial = {"kind": which.kind, "confidential": which.confidential, "about": about} if which else {}
        prefix = f"item-{which.pk}" if which else "item"
        super().__init__(data, prefix=prefix, initial=initial)
        self.languages = sitting.body.organisation.languages
        self.rows = {key: row for _label, rows in offered for key, row in rows}
        if about and about not in self.rows and which is not None:
            self.rows[about] = which.subject
            offered = [*offered, ("", [(about, which.subject)])]
        groups = [(label, [(key, str(row)) for key, row in rows]) for label, rows in offered if rows]
        self.fields["about"].choices = [("", _("Nothing of the house")), *groups]  # type: ignore[attr-defined]
        self.ask_words("title", _("Title"), most=110, of=which)
        self.ask_words("text", _("Text"), rows=2, most=5000, of=which)

    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = dict.fromkeys(SUBJECTS)
        if about := self.cleaned_data["about"]:
            found[about.partition(":")[0]] = self.rows[about]
        for name in ("title", "text"):
            found |= {f"{name}_{code}": text for code, text in self.words(name).items()}
        return found | {name: self.cleaned_data[name] for name in ("kind", "confidential")}


class ResolveForm(Worded):
    """What the body did with an item for decision."""

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("As in the minutes of the body."),
    )

    def __init__(self, data: Any = None, *, item: Item) -> None:
        super().__init__(data, prefix=f"resolve-{item.pk}")
        self.languages = item.sitting.body.organisation.languages
        self.ask_words("reason", _("Public reason"), rows=2, most=2000)

    def given(self) -> dict[str, Any]:
        outcome = Outcome(self.cleaned_data["outcome"])
        return {"outcome": outcome, "reference": self.cleaned_data["reference"], "reason": self.words("reason")}


class HoldForm(forms.Form):
    present = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Present"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, sitting: Sitting) -> None:
        super().__init__(data, prefix="hold")
        day = in_brussels(sitting.starts_at).date()
        self.fields["present"].queryset = sitting.body.seats.filter(queries.sitting_now(day))  # type: ignore[attr-defined]


class MinutesForm(Worded):
    file = forms.ModelChoiceField(
        label=gettext_lazy("Minutes as they were signed"),
        queryset=Document.objects.none(),
        required=False,
        help_text=gettext_lazy("Put the file among the documents first."),
    )

    def __init__(self, data: Any = None, *, sitting: Sitting) -> None:
        house = sitting.body.organisation
        super().__init__(data, prefix="minutes", initial={"file": sitting.file_id})
        self.languages = house.languages
        files = Document.objects.filter(collection=house.collection_id).order_by("-pk")
        self.fields["file"].queryset = files  # type: ignore[attr-defined]
        self.ask_words("minutes", pgettext("sitting", "Minutes"), rows=6, most=20_000, of=sitting)


def offered(sitting: Sitting) -> list[tuple[str, list[tuple[str, Any]]]]:
    """What an item can be about, by kind: five queries."""
    house = sitting.body.organisation
    projects = Project.objects.filter(plan__organisation=house).order_by("-changed_at", "-id")[:MOST_CHOICES]
    rows: dict[str, tuple[str, Any]] = {
        "revision": (_("Revisions of plans"), queries.proposals(house)),
        "review": (
            _("Reviews"),
            Review.objects.filter(plan__organisation=house).exclude(state=Step.CLOSED).select_related("plan"),
        ),
        "project": (_("Projects"), sorted(projects, key=str)),
        "call": (_("Calls for projects"), Call.objects.filter(organisation=house).order_by("-due_on")[:MOST_CHOICES]),
        "advice": (
            _("Advices"),
            Advice.objects.filter(body__organisation=house, issued_at__isnull=False).order_by("-issued_at")[:100],
        ),
    }
    return [(label, [(f"{name}:{row.pk}", row) for row in found]) for name, (label, found) in rows.items()]


class SittingDesk(CarefulDesk, Desk):
    template_name = "strategy/governance/staff/sitting.html"
    page_title = gettext_lazy("Sitting")
    header_icon = "date"

    @cached_property
    def sitting(self) -> Sitting:
        rows = Sitting.objects.select_related("body__organisation", "file")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def items(self) -> list[Item]:
        rows = list(queries.agenda(self.sitting))
        for row in rows:
            row.sitting = self.sitting
        return rows

    @cached_property
    def offered(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        return offered(self.sitting)

    def get_page_subtitle(self) -> str:
        return str(self.sitting)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sitting, bad = self.sitting, kwargs.pop("bad", {})
        may = bool(may_prepare(self.person, sitting))
        house = sitting.body.organisation
        return {
            **super().get_context_data(**kwargs),
            "sitting": sitting,
            "may_prepare": may,
            "may_call": bool(may_move_sitting(self.person, sitting, SittingState.CALLED)),
            "may_hold": bool(may_move_sitting(self.person, sitting, SittingState.HELD)),
            "may_publish": bool(may_move_sitting(self.person, sitting, SittingState.PUBLISHED)),
            "rows": [self._row(item, may, bad) for item in self.items],
            "add_form": bad.get("add") or (self._item_form() if may else None),
            "hold_form": bad.get("hold") or HoldForm(sitting=sitting),
            "cancel_form": bad.get("cancel") or ReasonForm(house=house, prefix="cancel"),
            "minutes_form": bad.get("minutes") or carrying(MinutesForm(sitting=sitting)),
            "present": list(sitting.present.order_by("position", "id"))
            if sitting.state in ("held", "published")
            else [],
        }

    def _row(self, item: Item, may: bool, bad: dict[str, Any]) -> dict[str, Any]:
        resolution: Resolution | None = getattr(item, "resolution", None)
        form = bad.get(f"change-{item.pk}") or (carrying(self._item_form(which=item)) if may else None)
        resolve = bad.get(f"resolve-{item.pk}")
        if resolve is None and resolution is None and may_enter(self.person, item):
            resolve = ResolveForm(item=item)
        return {"item": item, "resolution": resolution, "form": form, "resolve": resolve}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        verb = request.POST.get("verb", "")
        verbs = {
            "add": self._add,
            "change": self._change,
            "up": self._move,
            "down": self._move,
            "drop": self._drop,
            "call": self._call,
            "hold": self._hold,
            "cancel": self._cancel,
            "resolve": self._resolve,
            "minutes": self._minutes,
            "publish": self._minutes,
        }
        if verb not in verbs:
            return self._here()
        with transaction.atomic():
            locked_sitting(self.sitting)
            self.__dict__.pop("sitting")
            return verbs[verb](verb)

    def _here(self) -> HttpResponse:
        return redirect(reverse("governance_sitting:desk", args=[self.sitting.pk]))

    def _which(self) -> Item | None:
        asked = self.request.POST.get("item", "")
        return next((item for item in self.items if str(item.pk) == asked), None)

    def _done(self, key: str, form: Any, refusal: Spoken | None) -> HttpResponse:
        return self.page(status=refusal.status, bad={key: form}) if refusal else self._here()

    def _item_form(self, data: Any = None, which: Item | None = None) -> ItemForm:
        return ItemForm(data, sitting=self.sitting, offered=self.offered, which=which)

    def _add(self, verb: str) -> HttpResponse:
        form = self._item_form(self.request.POST)
        if not form.is_valid():
            return self.page(status=422, bad={"add": form})
        return self._write("add", form, None)

    def _change(self, verb: str) -> HttpResponse:
        which = self._which()
        if which is None:
            return self._gone()
        key = f"change-{which.pk}"
        return self.careful(key, lambda data: self._item_form(data, which), lambda form: self._write(key, form, which))

    def _gone(self) -> HttpResponse:
        """Somebody took the item off the agenda: what was typed stands in the form for a new one."""
        before = f"item-{self.request.POST.get('item', '')}-"
        data = self.request.POST.copy()
        for name in self.request.POST:
            if name.startswith(before):
                data.setlist(f"item-{name.removeprefix(before)}", data.pop(name))
        form = self._item_form(data)
        form.add_error(
            None,
            _(
                "Somebody took this off the agenda while you were writing. What you wrote stands here: add it anew if it is still right."
            ),
        )
        return self.page(status=409, bad={"add": form})

    def _write(self, key: str, form: ItemForm, which: Item | None) -> HttpResponse:
        refusal = self.tried(actions.add_item, self.sitting, values=form.values(), which=which, done=_("Kept."))
        return self._done(key, form, refusal)

    def _move(self, verb: str) -> HttpResponse:
        if which := self._which():
            self.tried(actions.move_item, which, up=verb == "up")
        return self._here()

    def _drop(self, verb: str) -> HttpResponse:
        if which := self._which():
            self.tried(actions.drop_item, which)
        return self._here()

    def _call(self, verb: str) -> HttpResponse:
        done = _("The agenda is public; the members are called.")
        refusal = self.tried(actions.call_sitting, self.sitting, done=done)
        return self.page(status=refusal.status) if refusal else self._here()

    def _hold(self, verb: str) -> HttpResponse:
        form = HoldForm(self.request.POST, sitting=self.sitting)
        if not form.is_valid():
            return self.page(status=422, bad={"hold": form})
        present = list(form.cleaned_data["present"])
        refusal = self.tried(actions.hold_sitting, self.sitting, present=present, done=_("Kept."))
        return self._done("hold", form, refusal)

    def _cancel(self, verb: str) -> HttpResponse:
        form = ReasonForm(self.request.POST, house=self.sitting.body.organisation, prefix="cancel")
        if not form.is_valid():
            return self.page(status=422, bad={"cancel": form})
        done = _("Cancelled; the members are told.")
        refusal = self.tried(actions.cancel_sitting, self.sitting, reason=form.words("reason"), done=done)
        return self._done("cancel", form, refusal)

    def _resolve(self, verb: str) -> HttpResponse:
        which = self._which()
        if which is None:
            return self._here()
        form = ResolveForm(self.request.POST, item=which)
        key = f"resolve-{which.pk}"
        if not form.is_valid():
            return self.page(status=422, bad={key: form})
        refusal = self.tried(actions.resolve, which, **form.given(), done=_("Entered. A decision is public now."))
        return self._done(key, form, refusal)

    def _minutes(self, verb: str) -> HttpResponse:
        return self.careful(
            "minutes",
            lambda data: MinutesForm(data, sitting=self.sitting),
            lambda form: self._keep_minutes(form, publish=verb == "publish"),
        )

    def _keep_minutes(self, form: MinutesForm, *, publish: bool) -> HttpResponse:
        given = {"minutes": form.words("minutes"), "file": form.cleaned_data["file"]}
        kept = "" if publish else _("Kept. Nobody else reads it yet.")
        refusal = self.tried(actions.write_minutes, self.sitting, **given, done=kept)
        if refusal is None and publish:
            refusal = self.tried(actions.publish_minutes, self.sitting, done=_("The minutes are public."))
        return self._done("minutes", form, refusal)
