"""Who takes part in a project, where it comes from, by what it is measured, and its pilots."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import shown, text_in
from zenne.participation.advices.models import Recommendation
from zenne.participation.decisions.models import Decision
from zenne.participation.ideas.models import Idea
from zenne.participation.selections.enums import SelectionState
from zenne.participation.selections.models import Selection
from zenne.people.accounts.models import Person
from zenne.people.organisations.staff import WagtailDayField
from zenne.strategy.indicators.models import Indicator
from zenne.web.tags.words import day

from ... import actions
from ...enums import Helix, OriginKind, Part, Share, Verdict
from ...models import Involvement, Measure, Origin, Pilot, Project
from ..forms import ONE_LINE, ReasonForm, RowForm
from .base import Line, Section, Verb, Who

# --- departments and partners -----------------------------------------------------------------------------------------------


class InvolvementForm(RowForm):
    model = Involvement
    plain = ("part",)
    texts = {"words": ONE_LINE}

    def __init__(self, data: Any = None, *, row: Involvement | None = None, **more: Any) -> None:
        super().__init__(data, row=row, **more)
        if row is not None:
            return
        owner = self.organisation
        departments = [(f"department-{each.pk}", str(each)) for each in owner.departments.order_by("slug")]
        partners = [
            (f"partner-{each.pk}", f"{each} ({Helix(each.helix).label})") for each in owner.partners.order_by("slug")
        ]
        self.known = {f"department-{each.pk}": each for each in owner.departments.all()}
        self.known |= {f"partner-{each.pk}": each for each in owner.partners.all()}
        who = forms.ChoiceField(
            label=_("Who"), choices=[("", "–"), (_("Departments"), departments), (_("Partners"), partners)]
        )
        self.fields = {"who": who, **self.fields}

    def who(self) -> dict[str, Any]:
        """The department or the partner, by the name of the verb's argument."""
        if isinstance(self.row, Involvement):
            return {"department": self.row.department, "partner": self.row.partner}
        chosen = self.cleaned_data["who"]
        return {chosen.partition("-")[0]: self.known[chosen]}


class WhoSection(Section):
    name = "who"
    label = gettext_lazy("Who")
    one = gettext_lazy("Add a department or a partner")
    about = gettext_lazy("Beside the department that carries it: departments and partners, and what each does.")

    def rows(self, project: Project) -> QuerySet[Involvement]:
        return project.involvements.select_related("department", "partner").order_by("part", "pk")

    def line(self, row: Involvement, today: date) -> Line:
        kind = Helix(row.partner.helix).label if row.partner else _("Department")
        return Line(
            str(row.department or row.partner),
            [str(kind), str(Part(row.part).label)],
            text=shown(row, "words")[0],
            url=row.partner.url if row.partner else "",
        )

    def form(self, data: Any, project: Project, row: Any, person: Person) -> InvolvementForm:
        return InvolvementForm(data, organisation=project.plan.organisation, row=row)

    def save(self, project: Project, row: Any, form: InvolvementForm, who: Who) -> object:
        part = Part(form.cleaned_data["part"])
        return actions.involve(project, part=part, words=form.words("words"), **form.who(), **who)

    def drop(self, row: Involvement, who: Who) -> object:
        return actions.uninvolve(row, **who)


# --- origins ----------------------------------------------------------------------------------------------------------------


class OriginForm(ReasonForm):
    """One thing that everybody can read, how much of it the project takes up, and why."""

    def __init__(self, data: Any, *, project: Project, row: Origin | None) -> None:
        super().__init__(data, organisation=project.plan.organisation)
        share = forms.ChoiceField(
            label=_("How much of it is taken up"),
            choices=Share.choices,
            initial=row.share if row else Share.PART,
            widget=forms.RadioSelect,
        )
        self.row = row
        self.fields = {**({} if row else self._things(project)), "share": share, **self.fields}
        if row is not None:
            for code in self.organisation.languages:
                self.fields[f"reason_{code}"].initial = text_in(row, "reason", code)

    def _things(self, project: Project) -> dict[str, forms.Field]:
        house = project.plan.organisation
        selections = Selection.objects.filter(process__organisation=house, state=SelectionState.PUBLISHED)
        decisions = Decision.objects.filter(published_at__isnull=False, body__organisation=house)
        asked = Recommendation.objects.filter(advice__process__organisation=house).exclude(advice__state="draft")
        return {
            "kind": forms.ChoiceField(
                label=_("What it comes from"), choices=OriginKind.choices, widget=forms.RadioSelect
            ),
            "idea": forms.IntegerField(
                label=_("Number of the idea"),
                required=False,
                min_value=1,
                max_value=2**31,
                help_text=_("As in its address: residents read on its page what became of it."),
            ),
            "selection": forms.ModelChoiceField(
                label=_("Selection"), queryset=selections.order_by("-decided_at", "-pk"), required=False
            ),
            "decision": forms.ModelChoiceField(
                label=_("Decision"), queryset=decisions.order_by("-decided_on", "-pk"), required=False
            ),
            "recommendation": forms.ModelChoiceField(
                label=_("Recommendation"),
                queryset=asked.select_related("advice").order_by("-advice_id", "position"),
                required=False,
            ),
        }

    def clean_idea(self) -> Idea | None:
        number = self.cleaned_data.get("idea")
        if number is None:
            return None
        found = Idea.objects.filter(pk=number).first()
        if found is None or not found.is_public:
            raise forms.ValidationError(_("There is no public idea with this number."))
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        kind = given.get("kind")
        if self.row is None and kind and not given.get(kind) and kind not in self.errors:
            self.add_error(kind, _("Say which one."))
        return given

    def thing(self) -> Any:
        return self.row.thing if self.row else self.cleaned_data[self.cleaned_data["kind"]]


class Origins(Section):
    name = "origins"
    label = gettext_lazy("Origins")
    one = gettext_lazy("Add an origin")
    about = gettext_lazy(
        "The ideas, votes, decisions and advices that the project takes up. Their pages show it, and those behind them hear of it."
    )

    def rows(self, project: Project) -> QuerySet[Origin]:
        rows = project.origins.select_related("idea__process", "selection__process", "decision__process")
        return rows.select_related("recommendation__advice__process").defer("idea__search").order_by("pk")

    def line(self, row: Origin, today: date) -> Line:
        page: Any = row.recommendation.advice if row.recommendation else row.thing
        small = [str(OriginKind(row.kind).label), str(Share(row.share).label), day(row.linked_at)]
        return Line(str(row.thing), small, url=page.get_absolute_url(), text=shown(row, "reason")[0])

    def form(self, data: Any, project: Project, row: Any, person: Person) -> OriginForm:
        return OriginForm(data, project=project, row=row)

    def save(self, project: Project, row: Any, form: OriginForm, who: Who) -> object:
        share = Share(form.cleaned_data["share"])
        return actions.link(project, thing=form.thing(), share=share, reason=form.reason(), **who)

    def drop(self, row: Origin, who: Who) -> object:
        return actions.unlink(row, **who)


# --- measures ---------------------------------------------------------------------------------------------------------------


class MeasureForm(forms.Form):
    indicator = forms.ModelChoiceField(label=gettext_lazy("Indicator"), queryset=Indicator.objects.none())
    position = forms.IntegerField(label=gettext_lazy("Order"), min_value=1, max_value=99, initial=1)

    def __init__(self, data: Any, *, project: Project, row: Measure | None) -> None:
        super().__init__(data, initial={"position": row.position} if row else None)
        rows = Indicator.objects.filter(organisation=project.plan.organisation).order_by("slug")
        self.fields["indicator"].queryset = rows  # type: ignore[attr-defined]
        if row is not None:
            del self.fields["indicator"]


class Measures(Section):
    name = "measures"
    label = gettext_lazy("Measures")
    one = gettext_lazy("Add an indicator")
    about = gettext_lazy(
        "By which indicators everybody sees whether it works. Once money is committed they are frozen and stay."
    )

    def rows(self, project: Project) -> QuerySet[Measure]:
        return project.measures.select_related("indicator").order_by("position", "pk")

    def line(self, row: Measure, today: date) -> Line:
        return Line(str(row.indicator), [str(row.indicator.get_state_display())], url=row.indicator.get_absolute_url())

    def form(self, data: Any, project: Project, row: Any, person: Person) -> MeasureForm:
        return MeasureForm(data, project=project, row=row)

    def save(self, project: Project, row: Any, form: MeasureForm, who: Who) -> object:
        given = form.cleaned_data
        indicator = row.indicator if row is not None else given["indicator"]
        return actions.measure(project, indicator=indicator, position=given["position"], **who)

    def drop(self, row: Measure, who: Who) -> object:
        return actions.unmeasure(row, **who)


# --- pilots -----------------------------------------------------------------------------------------------------------------


class PilotForm(RowForm):
    model = Pilot
    plain = ("starts_on", "ends_on")
    texts = {"title": ONE_LINE, "hypothesis": 3}
    owed = ("hypothesis", "starts_on")

    def __init__(self, data: Any = None, *, row: Pilot | None = None, **more: Any) -> None:
        super().__init__(data, row=row, **more)
        rows = Indicator.objects.filter(organisation=self.organisation).order_by("slug")
        self.fields["indicator"] = forms.ModelChoiceField(
            label=_("Indicator that shows it"), queryset=rows, initial=row.indicator_id if row else None
        )

    def values(self) -> dict[str, Any]:
        return {**super().values(), "indicator": self.cleaned_data["indicator"]}


class VerdictForm(ReasonForm):
    def __init__(self, data: Any, row: Pilot) -> None:
        super().__init__(data, organisation=row.project.plan.organisation)
        verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect)
        on = WagtailDayField(label=_("Day of the verdict"), required=False, help_text=_("Empty: today"))
        self.fields = {"verdict": verdict, **self.fields, "on": on}


class BeginForm(forms.Form):
    """Nothing to ask: the page says what follows."""

    def __init__(self, data: Any, row: Pilot) -> None:
        super().__init__(data)


class Pilots(Section):
    name = "pilots"
    label = gettext_lazy("Pilots")
    one = gettext_lazy("Prepare a pilot")
    about = gettext_lazy(
        "What a trial should show is said before it begins; then its indicator is frozen. A pilot that refutes stays as visible as one that confirms."
    )
    drops = False
    verbs = {
        "begin": Verb(
            gettext_lazy("Begin: freeze its indicator"),
            BeginForm,
            lambda row, form, who: actions.begin_pilot(row, **who),
            lambda row: row.definition_id is None,
        ),
        "verdict": Verb(
            gettext_lazy("Give the verdict"),
            VerdictForm,
            lambda row, form, who: actions.conclude_pilot(
                row,
                verdict=Verdict(form.cleaned_data["verdict"]),
                reason=form.reason(),
                on=form.cleaned_data["on"],
                **who,
            ),
            lambda row: row.definition_id is not None and not row.verdict,
        ),
    }

    def rows(self, project: Project) -> QuerySet[Pilot]:
        return project.pilots.select_related("indicator", "definition").order_by("pk")

    def line(self, row: Pilot, today: date) -> Line:
        colours = {Verdict.CONFIRMED: "ok", Verdict.REFUTED: "bad", Verdict.INCONCLUSIVE: "warn"}
        badge = None
        if row.verdict:
            badge = (str(Verdict(row.verdict).label), colours[Verdict(row.verdict)])
        elif row.definition_id is not None:
            badge = (_("under way"), "")
        days = " – ".join(day(each) for each in (row.starts_on, row.ends_on) if each)
        words = shown(row, "reason")[0] or shown(row, "hypothesis")[0]
        return Line(str(row), [str(row.indicator), days], badge, text=words)

    def form(self, data: Any, project: Project, row: Any, person: Person) -> PilotForm:
        return PilotForm(data, organisation=project.plan.organisation, row=row)

    def save(self, project: Project, row: Any, form: PilotForm, who: Who) -> object:
        return actions.write_pilot(project, values=form.values(), which=row, **who)
