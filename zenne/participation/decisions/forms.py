"""What an address asks for in the list of every decision. What means nothing narrows nothing."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NarrowForm(forms.Form):
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    role = forms.ChoiceField(label=_("Who decides"), required=False)

    def __init__(self, query: QueryDict, *, choices: Mapping[str, list[tuple[str, str]]]) -> None:
        super().__init__(query)
        for name, found in choices.items():
            self.fields[name].choices = [("", pgettext_lazy("filter", "All")), *found]  # type: ignore[attr-defined]
            if len(found) < 2:
                del self.fields[name]

    def chosen(self, name: str) -> str:
        """What is asked for, where that is offered."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")
