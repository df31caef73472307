"""Milestones, risks and dependencies of a project."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import LANGUAGES, shown, text_in
from zenne.people.accounts.models import Person
from zenne.people.organisations.staff import WagtailDayField
from zenne.web.tags.words import day

from ... import actions
from ...models import Dependency, Milestone, Project, Risk
from ..forms import ONE_LINE, ReasonForm, RowForm
from .base import Line, Section, Verb, Who


class MilestoneForm(RowForm):
    """Of one that is there, a later day asks for the reason."""

    model = Milestone
    plain = ("due_on",)
    texts = {"title": ONE_LINE, "moved_reason": 2}
    owed = ("title", "due_on")

    def __init__(self, data: Any = None, *, row: Milestone | None = None, **more: Any) -> None:
        super().__init__(data, row=row, **more)
        if row is None:
            for name in [name for name in self.fields if name.startswith("moved_reason")]:
                del self.fields[name]


class DoneForm(forms.Form):
    on = WagtailDayField(label=gettext_lazy("Done on"), required=False, help_text=gettext_lazy("Empty: today"))

    def __init__(self, data: Any, row: Milestone) -> None:
        super().__init__(data, initial={"on": row.done_on})


class Milestones(Section):
    name = "milestones"
    label = gettext_lazy("Milestones")
    one = gettext_lazy("Add a milestone")
    about = gettext_lazy("The day promised first stays readable. Whoever moves a day back says why, to everyone.")
    verbs = {
        "done": Verb(
            gettext_lazy("It is done"),
            DoneForm,
            lambda row, form, who: actions.finish_milestone(row, on=form.cleaned_data["on"], **who),
            lambda row: row.done_on is None,
        )
    }

    def rows(self, project: Project) -> QuerySet[Milestone]:
        return project.milestones.order_by("due_on", "pk")

    def line(self, row: Milestone, today: date) -> Line:
        if row.done_on is not None:
            small, badge = [_("done on %(day)s") % {"day": day(row.done_on)}], (_("done"), "ok")
        else:
            small, badge = [_("due by %(day)s") % {"day": day(row.due_on)}], None
            badge = (_("late"), "bad") if row.late(today) else badge
        if row.first_due_on != row.due_on:
            small.append(_("first promised for %(day)s") % {"day": day(row.first_due_on)})
        return Line(shown(row, "title")[0], small, badge, text=shown(row, "moved_reason")[0])

    def form(self, data: Any, project: Project, row: Any, person: Person) -> MilestoneForm:
        return MilestoneForm(data, organisation=project.plan.organisation, row=row)

    def save(self, project: Project, row: Any, form: MilestoneForm, who: Who) -> object:
        title, due_on = _said(form, row, "title"), form.cleaned_data["due_on"]
        if row is None:
            return actions.add_milestone(project, title=title, due_on=due_on, **who)
        return actions.change_milestone(row, title=title, due_on=due_on, reason=form.words("moved_reason"), **who)

    def drop(self, row: Milestone, who: Who) -> object:
        return actions.drop_milestone(row, **who)


def _said(form: RowForm, row: Any, name: str) -> dict[str, str]:
    """A text in every language: what the form asked, and what it did not ask as it was."""
    kept = {code: text_in(row, name, code) for code in LANGUAGES} if row is not None else {}
    asked = {code: text for code, text in form.words(name).items() if f"{name}_{code}" in form.fields}
    return {**kept, **asked}


# How likely, how grave.
GRADES = (
    (1, gettext_lazy("very low")),
    (2, gettext_lazy("low")),
    (3, gettext_lazy("middling")),
    (4, gettext_lazy("high")),
    (5, gettext_lazy("very high")),
)


GRAVE = 12
"""From this likelihood times gravity on a risk stands out."""


class RiskForm(RowForm):
    model = Risk
    plain = ("likelihood", "impact", "closed_on")
    texts = {"title": ONE_LINE, "answer": 3}
    owed = ("title",)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        for name in ("likelihood", "impact"):
            known = self.fields[name]
            self.fields[name] = forms.TypedChoiceField(
                label=known.label,
                choices=[(value, f"{value} · {words}") for value, words in GRADES],
                coerce=int,
                initial=getattr(self.row, name, 3),
            )


class Risks(Section):
    name = "risks"
    label = gettext_lazy("Risks")
    one = gettext_lazy("Add a risk")
    about = gettext_lazy("What may go wrong, how likely and how grave, and what is done about it. Everyone reads it.")

    def rows(self, project: Project) -> QuerySet[Risk]:
        return project.risks.order_by("closed_on", "-likelihood", "-impact", "pk")

    def line(self, row: Risk, today: date) -> Line:
        graded = _("%(likelihood)s of 5 likely, %(impact)s of 5 grave") % {
            "likelihood": row.likelihood,
            "impact": row.impact,
        }
        badge = None
        if row.closed_on is not None:
            badge = (_("over"), "ok")
        elif row.weight >= GRAVE:
            badge = (_("grave"), "bad")
        return Line(shown(row, "title")[0], [graded], badge, text=shown(row, "answer")[0])

    def form(self, data: Any, project: Project, row: Any, person: Person) -> RiskForm:
        return RiskForm(data, organisation=project.plan.organisation, row=row)

    def save(self, project: Project, row: Any, form: RiskForm, who: Who) -> object:
        return actions.write_risk(project, values=form.values(), which=row, **who)

    def drop(self, row: Risk, who: Who) -> object:
        return actions.drop_risk(row, **who)


class DependencyForm(ReasonForm):
    def __init__(self, data: Any, *, project: Project, row: Dependency | None) -> None:
        super().__init__(data, organisation=project.plan.organisation, owed=False)
        if row is None:
            others = Project.objects.filter(plan__organisation=project.plan.organisation, merged_into=None)
            field = forms.ModelChoiceField(
                label=_("It waits for"),
                queryset=others.exclude(pk=project.pk).select_related("plan").order_by("plan", "number"),
            )
            field.label_from_instance = lambda each: f"{each.number} · {each} ({each.plan})"  # type: ignore[method-assign]
            self.fields = {"on": field, **self.fields}
        else:
            for code in self.organisation.languages:
                self.fields[f"reason_{code}"].initial = text_in(row, "reason", code)


class Dependencies(Section):
    name = "dependencies"
    label = gettext_lazy("Dependencies")
    one = gettext_lazy("Add a dependency")
    about = gettext_lazy("What this project waits for. Never in a circle.")

    def rows(self, project: Project) -> QuerySet[Dependency]:
        return project.needed.select_related("on__plan").order_by("on__plan_id", "on__number")

    def line(self, row: Dependency, today: date) -> Line:
        small = [str(row.on.plan), str(row.on.get_state_display())]
        return Line(f"{row.on.number} · {row.on}", small, text=shown(row, "reason")[0])

    def form(self, data: Any, project: Project, row: Any, person: Person) -> DependencyForm:
        return DependencyForm(data, project=project, row=row)

    def save(self, project: Project, row: Any, form: DependencyForm, who: Who) -> object:
        on = row.on if row is not None else form.cleaned_data["on"]
        return actions.depend(project, on=on, reason=form.reason(), **who)

    def drop(self, row: Dependency, who: Who) -> object:
        return actions.undepend(row, **who)
