from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from zenne.web.forms import CheckTiles

from .enums import READ
from .kinds import scopes

DAYS = (7, 30, 90, 365)


class TokenForm(forms.Form):
    """A new token: what it is for, what it may do, how long."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=60,
        help_text=_("A name that you will recognise, such as “Dashboard of our neighbourhood”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give the token a name.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        widget=CheckTiles,
        help_text=_("No more than the program needs. What is public needs no token."),
        error_messages={"required": _("Choose what the token may do.")},
    )
    days = forms.TypedChoiceField(label=_("How long?"), coerce=int, initial=90)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = list(scopes().items())
        self.fields["scopes"].initial = [READ]
        self.fields["days"].choices = [
            (days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days}) for days in DAYS
        ]
