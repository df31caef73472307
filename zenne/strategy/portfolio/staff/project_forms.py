"""Forms of one project: its sheet, its way, how it does, who carries it, where it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import LANGUAGES, attribute, text_in
from zenne.people.accounts.models import Person
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.places.areas.queries import by_name, without_outlines

from ..enums import Health, ProjectState, needs_reason
from ..models import Need, Plan, Project
from .forms import ONE_LINE, ReasonForm, RowForm, many
from .plan_forms import ADDRESS


class SheetForm(RowForm):
    """The words of a sheet. `version` is the one that was read: whoever saved meanwhile is not overwritten."""

    model = Project
    plain = ("starts_on", "ends_on", "source")
    texts = {"title": ONE_LINE, "summary": 3, "why": 6, "text": 8, "source_note": 3}
    owed = ("title",)

    def __init__(self, data: Any = None, *, plan: Plan, row: Project | None = None, **more: Any) -> None:
        super().__init__(data, row=row, organisation=plan.organisation, **more)
        rows = {
            "domain": plan.domains.order_by("kind", "number"),
            "carrier": plan.organisation.departments.order_by("slug"),
        }
        for name, offered in rows.items():
            self.fields[name] = forms.ModelChoiceField(
                label=str(Project._meta.get_field(name).verbose_name).capitalize(),  # type: ignore[union-attr]
                queryset=offered,
                required=name == "domain",
                initial=getattr(row, name) if row else None,
            )
        self.fields["objectives"] = forms.ModelMultipleChoiceField(
            label=_("Objectives it works for"),
            queryset=plan.objectives.order_by("number"),
            required=False,
            initial=row.objectives.all() if row else None,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=row.version if row else None
        )

    def values(self) -> dict[str, Any]:
        return {**super().values(), "domain": self.cleaned_data["domain"], "carrier": self.cleaned_data["carrier"]}

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields under their headings."""
        boxes = {name: [self[each] for each in self._boxes(name)] for name in self.texts}
        return [
            (_("What it is"), [*boxes["title"], *boxes["summary"]]),
            (_("Where it belongs"), [self["domain"], self["objectives"], self["carrier"]]),
            (_("Why"), boxes["why"]),
            (_("What will be done"), [*boxes["text"], self["starts_on"], self["ends_on"]]),
            (_("Sources"), [self["source"], *boxes["source_note"]]),
        ]

    def _boxes(self, name: str) -> list[str]:
        return [attribute(name, code) for code in LANGUAGES if attribute(name, code) in self.fields]


class NewProjectForm(RowForm):
    model = Project
    texts = {"title": ONE_LINE, "summary": 3}
    owed = ("title",)

    def __init__(self, data: Any = None, *, plan: Plan, **more: Any) -> None:
        super().__init__(data, organisation=plan.organisation, **more)
        self.fields["domain"] = domain_field(plan)
        self.fields["slug"] = forms.SlugField(label=_("Address"), max_length=80, help_text=ADDRESS)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "domain": self.cleaned_data["domain"]}


def domain_field(plan: Plan, *, required: bool = True) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Domain"), queryset=plan.domains.order_by("kind", "number"), required=required
    )


class TakeUpForm(ReasonForm):
    """A need becomes a project on the longlist (address and domain), or is answered by one that is there."""

    def __init__(self, data: Any = None, *, need: Need) -> None:
        super().__init__(data, organisation=need.plan.organisation, owed=need.idea_id is not None)
        there = need.plan.projects.filter(merged_into=None).order_by("number")
        project = forms.ModelChoiceField(
            label=_("A project that answers it"),
            queryset=there,
            required=False,
            empty_label=_("None yet: make a new one"),
        )
        slug = forms.SlugField(label=_("Address of the new project"), max_length=80, required=False, help_text=ADDRESS)
        first = {"project": project, "slug": slug, "domain": domain_field(need.plan, required=False)}
        self.fields = {**first, **self.fields}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("project") is None:
            for name in ("slug", "domain"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("A new project needs it."))
        return given


class StateForm(ReasonForm):
    """A step along the way, and why, where that is asked."""

    def __init__(self, data: Any = None, *, project: Project, to: ProjectState, **more: Any) -> None:
        owed = needs_reason(ProjectState(project.state), to)
        super().__init__(data, organisation=project.plan.organisation, owed=owed, **more)


class HealthForm(ReasonForm):
    def __init__(self, data: Any = None, *, project: Project, **more: Any) -> None:
        super().__init__(data, organisation=project.plan.organisation, owed=False, **more)
        chosen = forms.ChoiceField(
            label=_("How it does"), choices=Health.choices, initial=project.health, widget=forms.RadioSelect
        )
        self.fields = {"to": chosen, **self.fields}
        for code in self.organisation.languages:
            name = attribute("reason", code)
            self.fields[name].initial = text_in(project, "health_reason", code)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("to") in (Health.AT_RISK, Health.OFF_TRACK) and not any(self.reason().values()):
            name = attribute("reason", self.organisation.languages[0])
            self.add_error(name, _("What is at risk or off track says why, to everyone."))
        return given


class CarrierForm(forms.Form):
    """Somebody who works for the organisation."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who carries it"),
        queryset=Person.objects.none(),
        required=False,
        help_text=gettext_lazy("They write the sheet, whatever their role. The name is not public."),
    )

    def __init__(self, data: Any = None, *, project: Project) -> None:
        super().__init__(data, initial={"person": project.carrier_person_id})
        working = Person.objects.filter(memberships__organisation=project.plan.organisation, is_active=True)
        self.fields["person"].queryset = working.distinct().order_by("name", "pk")  # type: ignore[attr-defined]


class PlacesForm(forms.Form):
    """Communes and districts, and points: one a line, latitude and longitude, then its name."""

    areas = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Communes and districts"),
        queryset=Area.objects.none(),
        required=False,
        widget=many(),
    )
    points = forms.CharField(
        label=gettext_lazy("Points on the map"),
        required=False,
        max_length=8000,
        help_text=gettext_lazy("One a line: latitude, longitude, name. For example: 50.8467, 4.3525, Grand-Place"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, data: Any = None, *, project: Project) -> None:
        self.language = project.plan.organisation.languages[0]
        self.known = {(site.lat, site.lon): site for site in project.sites.order_by("pk")}
        lines = "\n".join(f"{lat}, {lon}, {site}" for (lat, lon), site in self.known.items())
        super().__init__(data, initial={"areas": project.areas.all(), "points": lines})
        rows = without_outlines(Area.objects.filter(kind__in=[AreaKind.COMMUNE, AreaKind.DISTRICT]))
        self.fields["areas"].queryset = by_name(rows)  # type: ignore[attr-defined]

    def clean_points(self) -> list[tuple[dict[str, str], float, float]]:
        found = []
        for number, line in enumerate(self.cleaned_data["points"].splitlines(), 1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split(",", 2)]
            try:
                lat, lon = float(parts[0]), float(parts[1])
            except (ValueError, IndexError):
                said = _("Line %(number)s: give latitude, longitude and name, with commas between them.")
                raise forms.ValidationError(said % {"number": number}) from None
            if not (-90 <= lat <= 90 and -180 <= lon <= 180):
                raise forms.ValidationError(_("Line %(number)s: this is not on earth.") % {"number": number})
            found.append((self._named(lat, lon, parts[2] if len(parts) > 2 else ""), lon, lat))
        return found

    def _named(self, lat: float, lon: float, name: str) -> dict[str, str]:
        """The name of a point that is there already stays in every language, unless it is written anew."""
        site = self.known.get((lat, lon))
        if site is not None and str(site) == name:
            return {code: text_in(site, "name", code) for code in LANGUAGES}
        return {self.language: name}
