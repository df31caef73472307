"""Money, milestones, risks, dependencies, documents and news of a project."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser

from zenne.core.languages import LANGUAGES, language_name, shown, text_in
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.staff import WagtailDayField, offer
from zenne.web.fields import EuroField
from zenne.web.tags.words import day, full_amount

from ... import actions, queries
from ...enums import Funding
from ...models import Attachment, BudgetLine, Dependency, Milestone, Post, Project, Risk
from ..forms import ONE_LINE, ReasonForm, RowForm
from .base import Line, Section, Verb, Who


def of(row: Any) -> Organisation:
    found: Organisation = row.project.plan.organisation
    return found


# --- money ------------------------------------------------------------------------------------------------------------------


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


# --- milestones -------------------------------------------------------------------------------------------------------------


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


# --- risks ------------------------------------------------------------------------------------------------------------------


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


# --- dependencies -----------------------------------------------------------------------------------------------------------


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


# --- documents --------------------------------------------------------------------------------------------------------------


class AttachmentForm(RowForm):
    model = Attachment
    plain = ("position",)
    texts = {"title": ONE_LINE}

    def __init__(self, data: Any = None, *, row: Attachment | None = None, **more: Any) -> None:
        super().__init__(data, row=row, **more)
        offered = Q(collection=self.organisation.collection_id, collection__isnull=False)
        if row is not None:
            offered |= Q(pk=row.file_id)
        files = get_document_model().objects.filter(offered)
        file = forms.ModelChoiceField(
            label=_("File"), queryset=files, widget=AdminDocumentChooser, initial=row.file_id if row else None
        )
        offer(file, files)
        spoken = forms.ChoiceField(
            label=_("Language of the file"),
            choices=[("", _("For all")), *((code, language_name(code)) for code in LANGUAGES)],
            required=False,
            initial=row.language if row else "",
        )
        self.fields = {"file": file, "language": spoken, **self.fields}

    def values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in ("file", "language")}
        return {**super().values(), **given}


class Attachments(Section):
    name = "attachments"
    label = gettext_lazy("Documents")
    one = gettext_lazy("Add a document")
    about = gettext_lazy("Files for everyone to read.")

    def rows(self, project: Project) -> QuerySet[Attachment]:
        return project.attachments.select_related("file").order_by("position", "pk")

    def line(self, row: Attachment, today: date) -> Line:
        small = [row.file.filename, language_name(row.language) if row.language else _("For all")]
        return Line(str(row), small, url=row.file.url)

    def form(self, data: Any, project: Project, row: Any, person: Person) -> AttachmentForm:
        return AttachmentForm(data, organisation=project.plan.organisation, row=row)

    def save(self, project: Project, row: Any, form: AttachmentForm, who: Who) -> object:
        return actions.attach(project, values=form.values(), which=row, **who)

    def drop(self, row: Attachment, who: Who) -> object:
        return actions.detach(row, **who)


# --- news -------------------------------------------------------------------------------------------------------------------


class PostForm(RowForm):
    model = Post
    texts = {"title": ONE_LINE, "text": 6}
    owed = ("title",)


class Posts(Section):
    name = "posts"
    label = gettext_lazy("News")
    one = gettext_lazy("Publish news")
    about = gettext_lazy("Everyone reads it at once, and those who follow the project hear of it.")
    edits = False

    def rows(self, project: Project) -> QuerySet[Post]:
        return project.posts.select_related("author").order_by("-published_at", "-pk")

    def line(self, row: Post, today: date) -> Line:
        small = [day(row.published_at), str(row.author or "")]
        badge = (_("withdrawn"), "warn") if row.withdrawn_at else None
        return Line(shown(row, "title")[0], [each for each in small if each], badge, text=shown(row, "text")[0])

    def form(self, data: Any, project: Project, row: Any, person: Person) -> PostForm:
        return PostForm(data, organisation=project.plan.organisation)

    def save(self, project: Project, row: Any, form: PostForm, who: Who) -> object:
        return actions.publish_post(project, title=form.words("title"), text=form.words("text"), **who)

    def drop(self, row: Post, who: Who) -> object:
        return actions.withdraw_post(row, **who)
