from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search ideas, processes and pages"),
        max_length=120,
        widget=forms.SearchInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type a word to search for.")},
    )
