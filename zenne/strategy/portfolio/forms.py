from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zenne.web.fields import DayField

from .enums import Funding, Health, ProjectState
from .listing import LATEST, LONGEST
from .showing import IN_A_ROW


class ListForm(forms.Form):
    """How the list of projects is narrowed; `listing.filters_from` reads what is asked."""

    q = forms.CharField(label=_("Search"), max_length=LONGEST, required=False)
    domain = forms.ChoiceField(label=_("Domain"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *((state.value, ProjectState(state).label) for state in IN_A_ROW)],
    )
    area = forms.ChoiceField(label=_("Where"), required=False)
    health = forms.ChoiceField(label=_("How it does"), required=False, choices=[("", _("All")), *Health.choices])
    source = forms.ChoiceField(
        label=_("Money from"), required=False, choices=[("", _("Every source")), *Funding.choices]
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", pgettext_lazy("order of projects", "As in the plan")),
            (LATEST, pgettext_lazy("order of projects", "Last changed first")),
        ],
    )

    def __init__(
        self, *args: object, domains: list[tuple[str, str]], areas: list[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["domain"].choices = [("", _("All domains")), *domains]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", _("Everywhere")), *areas]  # type: ignore[attr-defined]


class BetweenForm(forms.Form):
    """Two days; each counts as it was at its end. The second is what a file is made of."""

    before = DayField(label=_("As it was on"))
    after = DayField(label=_("and on"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("before") and given.get("after") and given["before"] > given["after"]:
            self.add_error("after", _("The second day is not before the first."))
        return given
