"""Forms of merging and splitting projects."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..actions import Half
from ..enums import ENDED
from ..models import Project
from .forms import ONE_LINE, ReasonForm, RowForm, many
from .plan_forms import ADDRESS


class MergeForm(ReasonForm):
    def __init__(self, data: Any = None, *, project: Project) -> None:
        super().__init__(data, organisation=project.plan.organisation)
        others = project.plan.projects.exclude(pk=project.pk).exclude(state__in=ENDED).order_by("number")
        chosen = forms.ModelMultipleChoiceField(
            label=_("Projects that go on in this one"), queryset=others, widget=many()
        )
        chosen.label_from_instance = lambda each: f"{each.number} · {each}"  # type: ignore[method-assign]
        self.fields = {"projects": chosen, **self.fields}


class SplitForm(RowForm):
    """The new project's address and words, what it takes along, and why."""

    model = Project
    texts = {"title": ONE_LINE, "summary": 3}
    owed = ("title",)

    def __init__(self, data: Any = None, *, project: Project) -> None:
        super().__init__(data, organisation=project.plan.organisation)
        self.why = ReasonForm(data, organisation=project.plan.organisation)
        self.fields["slug"] = forms.SlugField(label=_("Address"), max_length=80, help_text=ADDRESS)
        for name, label in (
            ("lines", _("Budget lines it takes along")),
            ("milestones", _("Milestones it takes along")),
        ):
            rows = getattr(project, name).order_by("pk")
            if not rows:
                continue
            self.fields[name] = forms.ModelMultipleChoiceField(
                label=label, queryset=rows, required=False, widget=forms.CheckboxSelectMultiple
            )
        self.fields |= self.why.fields

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.why.is_valid():
            for name, errors in self.why.errors.items():
                self.add_error(name, list(errors))
        return given

    def reason(self) -> dict[str, str]:
        return self.why.reason()

    def half(self) -> Half:
        taken = {name: [row.pk for row in self.cleaned_data.get(name, ())] for name in ("lines", "milestones")}
        return Half(slug=self.cleaned_data["slug"], values=self.values(), **taken)
