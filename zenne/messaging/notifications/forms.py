from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zenne.core import clock
from zenne.people.accounts.models import Person
from zenne.web.fields import DayField

from . import queries
from .enums import Circle, Frequency
from .kinds import kinds, places, scopes

AS_ABOVE = "above"
LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True)
class Group:
    """Kinds under one heading: those of which the person was told something before, open, or the others of one circle, folded."""

    label: str | Promise
    open: bool
    fields: list[tuple[BoundField, BoundField | None]]


class ChoicesForm(forms.Form):
    """How often a mail, for each kind of message and for each thing a person follows. What was not changed is not written down."""

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        self.met = queries.kinds_told(person)
        self.kinds: list[tuple[str, str, str | None]] = []
        for code, (frequency, in_app) in queries.by_kind(person).items():
            self.fields[name := f"kind-{code}"] = forms.ChoiceField(
                label=kinds[code].label, choices=Frequency.choices, initial=frequency
            )
            hide = None
            if kinds[code].may_hide:
                self.fields[hide := f"app-{code}"] = forms.BooleanField(
                    label=_("Also under Messages on the platform"), initial=in_app, required=False
                )
            self.kinds.append((code, name, hide))
        self.scopes = []
        chosen = queries.by_scope(person)
        followed = [f"{kind}:{pk}" for kind, scope in scopes.items() for pk in scope.followed(person)]
        for scope, place in places([*followed, *chosen]).items():
            self.fields[name := f"scope-{scope}"] = forms.ChoiceField(
                label=place.label,
                choices=[(AS_ABOVE, _("as chosen above")), *Frequency.choices],
                initial=chosen.get(scope, AS_ABOVE),
            )
            self.scopes.append((scope, name))

    def groups(self) -> list[Group]:
        """What the person met comes first; then what they did not, by circle, the nearest first. Who was told nothing yet finds that one open."""
        rows = [(code, (self[name], self[hide] if hide else None)) for code, name, hide in self.kinds]
        met = [fields for code, fields in rows if code in self.met]
        found = [Group(_("What you were told about before"), True, met)] if met else []
        for circle in Circle:
            others = [fields for code, fields in rows if kinds[code].circle == circle and code not in self.met]
            wrong = any(field.errors for field, _hide in others)
            if others:
                found.append(Group(circle.label, wrong or not found, others))
        return found

    def scope_fields(self) -> list[BoundField]:
        return [self[name] for _scope, name in self.scopes]

    def by_kind(self) -> list[tuple[str, Frequency, bool]]:
        return [
            (code, Frequency(self.cleaned_data[name]), self.cleaned_data[hide] if hide else True)
            for code, name, hide in self.kinds
            if {name, hide} & set(self.changed_data)
        ]

    def by_scope(self) -> list[tuple[str, Frequency | None]]:
        return [
            (scope, None if self.cleaned_data[name] == AS_ABOVE else Frequency(self.cleaned_data[name]))
            for scope, name in self.scopes
            if name in self.changed_data
        ]


class PauseForm(forms.Form):
    until = DayField(label=_("No mails before"))

    def __init__(self, now: datetime, data: Any = None) -> None:
        super().__init__(data)
        self.today = clock.in_brussels(now).date()

    def clean_until(self) -> datetime:
        """The beginning of that day in Brussels."""
        day: date = self.cleaned_data["until"]
        if not self.today < day <= self.today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Choose a day to come, within a year."))
        return clock.at_brussels(day)
