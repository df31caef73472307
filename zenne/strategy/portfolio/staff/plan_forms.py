"""Forms of a plan, its domains and objectives, its departments and partners, and its needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.participation.ideas.models import Idea
from zenne.participation.processes.staff.forms import pictures
from zenne.people.organisations.models import Organisation

from ..enums import NeedFrom
from ..models import Department, Domain, Need, Objective, Partner, Plan
from .forms import ONE_LINE, RowForm, choose

ADDRESS = gettext_lazy("Small letters, figures and hyphens. It stays for life.")


class PlanForm(RowForm):
    model = Plan
    plain = ("starts_on", "ends_on", "source")
    texts = {"name": ONE_LINE, "summary": 4}
    owed = ("name",)


class NewPlanForm(PlanForm):
    """Of one of the organisations in which the person may begin a plan."""

    def __init__(self, data: Any = None, *, organisations: list[Organisation], **more: Any) -> None:
        chosen = next((each for each in organisations if data and str(each.pk) == data.get("organisation")), None)
        super().__init__(data, organisation=chosen or organisations[0], **more)
        self.known = {str(each.pk): each for each in organisations}
        mine = forms.ChoiceField(label=_("Organisation"), choices=choose(organisations))
        slug = forms.SlugField(label=_("Address"), max_length=60, help_text=ADDRESS)
        self.fields = {"organisation": mine, "slug": slug, **self.fields}

    def owner(self) -> Organisation:
        return self.known[self.cleaned_data["organisation"]]


class DomainForm(RowForm):
    model = Domain
    plain = ("kind", "icon", "motif", "hue")
    texts = {"name": ONE_LINE, "text": 6}
    owed = ("name",)

    def __init__(self, data: Any = None, *, row: Domain | None = None, **more: Any) -> None:
        super().__init__(data, row=row, **more)
        for name, offered in pictures(row.icon if row else "bulb").items():
            known = Domain._meta.get_field(name)
            self.fields[name] = forms.TypedChoiceField(
                label=str(known.verbose_name).capitalize(),  # type: ignore[union-attr]
                choices=offered,
                coerce=int if name == "hue" else str,
                initial=getattr(row, name) if row else known.get_default(),  # type: ignore[union-attr]
                widget=forms.RadioSelect,
            )
        if row is None:
            self.fields["slug"] = forms.SlugField(label=_("Address"), max_length=60, help_text=ADDRESS)


class ObjectiveForm(RowForm):
    model = Objective
    texts = {"title": ONE_LINE, "text": 6}
    owed = ("title",)

    def __init__(self, data: Any = None, *, plan: Plan, row: Objective | None = None, **more: Any) -> None:
        super().__init__(data, row=row, **more)
        self.fields["domains"] = forms.ModelMultipleChoiceField(
            label=_("Domains that share it"),
            queryset=plan.domains.order_by("kind", "number"),
            required=False,
            initial=row.domains.all() if row else None,
            widget=forms.CheckboxSelectMultiple,
        )
        if row is None:
            self.fields["slug"] = forms.SlugField(label=_("Key"), max_length=80, help_text=ADDRESS)


class DepartmentForm(RowForm):
    model = Department
    plain = ("email",)
    texts = {"name": ONE_LINE}
    owed = ("name",)

    def __init__(self, data: Any = None, *, row: Department | None = None, **more: Any) -> None:
        super().__init__(data, row=row, **more)
        if row is None:
            self.fields["slug"] = forms.SlugField(label=_("Key"), max_length=80, help_text=ADDRESS)


class PartnerForm(RowForm):
    model = Partner
    plain = ("helix", "url")
    texts = {"name": ONE_LINE}
    owed = ("name",)

    def __init__(self, data: Any = None, *, row: Partner | None = None, **more: Any) -> None:
        super().__init__(data, row=row, **more)
        if row is None:
            self.fields["slug"] = forms.SlugField(label=_("Key"), max_length=80, help_text=ADDRESS)


class NeedForm(RowForm):
    """What is asked, and by whom: a department, a partner, or residents with their idea."""

    model = Need
    plain = ("comes_from",)
    texts = {"title": ONE_LINE, "text": 5}
    owed = ("title",)

    def __init__(self, data: Any = None, *, plan: Plan, row: Need | None = None, **more: Any) -> None:
        super().__init__(data, row=row, organisation=plan.organisation, **more)
        self.plan = plan
        given = {name: getattr(row, name, None) for name in ("department", "partner")}
        for name, rows in (
            ("department", plan.organisation.departments),
            ("partner", plan.organisation.partners),
        ):
            self.fields[name] = forms.ModelChoiceField(
                label=str(Need._meta.get_field(name).verbose_name).capitalize(),  # type: ignore[union-attr]
                queryset=rows.order_by("slug"),
                required=False,
                initial=given[name],
            )
        self.fields["idea"] = forms.IntegerField(
            label=_("Number of the idea"),
            required=False,
            min_value=1,
            max_value=2**31,
            initial=row.idea_id if row else None,
            help_text=_("As in its address: residents read on its page what became of it."),
        )

    def clean_idea(self) -> Idea | None:
        number = self.cleaned_data.get("idea")
        if number is None:
            return None
        found = Idea.objects.filter(pk=number, process__organisation=self.plan.organisation).first()
        if found is None or not found.is_public:
            raise forms.ValidationError(_("There is no public idea with this number in your organisation."))
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        wanted = given.get("comes_from")
        for name in ("department", "partner"):
            if wanted == name and not given.get(name) and name not in self.errors:
                self.add_error(name, _("Say which one."))
            elif wanted != name:
                given[name] = None
        if wanted != NeedFrom.CITIZEN:
            given["idea"] = None
        return given

    def links(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in ("department", "partner", "idea")}
