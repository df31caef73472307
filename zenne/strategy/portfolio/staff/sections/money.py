"""The budget lines of a project: what is planned, committed by which decision, spent."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import shown
from zenne.people.accounts.models import Person
from zenne.people.organisations.staff import WagtailDayField
from zenne.web.fields import EuroField
from zenne.web.tags.words import day, full_amount

from ... import actions, queries
from ...enums import Funding
from ...models import BudgetLine, Project
from ..forms import ONE_LINE, RowForm
from .base import Line, Section, Verb, Who

YEARS = (1990, 2100)
"""What the table holds."""


class BudgetForm(RowForm):
    model = BudgetLine
    plain = ("source", "funder", "year", "planned_cents")
    texts = {"note": ONE_LINE}
    cents = ("planned_cents",)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        first, last = YEARS
        known = self.fields["year"]
        self.fields["year"] = forms.IntegerField(label=known.label, required=False, min_value=first, max_value=last)


class CommitForm(forms.Form):
    cents = EuroField(label=gettext_lazy("Committed in all (€)"))
    reference = forms.CharField(
        label=gettext_lazy("Reference of the decision"),
        max_length=80,
        help_text=gettext_lazy("As in the minutes of the body."),
    )
    decided_on = WagtailDayField(label=gettext_lazy("Day of the decision"))

    def __init__(self, data: Any, row: BudgetLine) -> None:
        given = {"cents": row.committed_cents or row.planned_cents, "reference": row.reference}
        super().__init__(data, initial={**given, "decided_on": row.decided_on})


class SpendForm(forms.Form):
    cents = EuroField(label=gettext_lazy("Spent in all (€)"))

    def __init__(self, data: Any, row: BudgetLine) -> None:
        super().__init__(data, initial={"cents": row.spent_cents})


class Lines(Section):
    name = "lines"
    label = gettext_lazy("Money")
    one = gettext_lazy("Add a budget line")
    about = gettext_lazy(
        "One line for each source, to the cent. What is committed names its decision; from the first cent on, the indicators of the project are frozen."
    )
    managed = True
    verbs = {
        "commit": Verb(
            gettext_lazy("Commit money"),
            CommitForm,
            lambda row, form, who: actions.commit_money(row, **form.cleaned_data, **who),
        ),
        "spend": Verb(
            gettext_lazy("Say what is spent"),
            SpendForm,
            lambda row, form, who: actions.spend(row, cents=form.cleaned_data["cents"], **who),
        ),
    }

    def rows(self, project: Project) -> QuerySet[BudgetLine]:
        return project.lines.order_by("year", "source", "pk")

    def line(self, row: BudgetLine, today: date) -> Line:
        small = [
            f"{_('planned')} {full_amount(row.planned_cents)}",
            f"{_('committed')} {full_amount(row.committed_cents)}",
            f"{_('spent')} {full_amount(row.spent_cents)}",
        ]
        if row.reference and row.decided_on:
            small.append(f"{row.reference}, {day(row.decided_on)}")
        over = (_("more spent than committed"), "warn") if row.overspent_cents else None
        title = " · ".join(str(each) for each in (row.year, Funding(row.source).label, row.funder) if each)
        return Line(title, small, over, text=shown(row, "note")[0])

    def form(self, data: Any, project: Project, row: Any, person: Person) -> BudgetForm:
        return BudgetForm(data, organisation=project.plan.organisation, row=row)

    def save(self, project: Project, row: Any, form: BudgetForm, who: Who) -> object:
        return actions.write_line(project, values=form.values(), which=row, **who)

    def drop(self, row: BudgetLine, who: Who) -> object:
        return actions.drop_line(row, **who)

    def summary(self, project: Project) -> list[tuple[str, str]]:
        found = queries.money_of(project.lines.all())
        words = {"planned_cents": _("planned"), "committed_cents": _("committed"), "spent_cents": _("spent")}
        return [(said, full_amount(found[name])) for name, said in words.items()]
