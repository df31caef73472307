"""Clean values in; nothing is saved here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zenne.core.clock import FIRST_DAY, LAST_DAY
from zenne.core.numbers import whole_number
from zenne.web.forms import Day

from .actions import Wishes
from .enums import Need
from .models import Meeting, Registration
from .queries import Filters


def month_from(text: str) -> date | None:
    """`2026-11` as its first day; None for what names no month of this century."""
    first, _dash, second = text.partition("-")
    year, month = whole_number(first) or 0, whole_number(second) or 0
    if not (FIRST_DAY.year < year < LAST_DAY.year and 1 <= month <= 12 and text == f"{year}-{month:02}"):
        return None
    return date(year, month, 1)


def day_from(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and FIRST_DAY < day < LAST_DAY else None


def filters_from(query: QueryDict) -> Filters:
    """What an address asks for. What means nothing narrows nothing."""

    def word(name: str) -> str:
        return query.get(name, "").replace("\x00", "").strip()[:80]

    need = word("need")
    return Filters(
        process=word("process"),
        organisation=word("organisation"),
        area=word("area"),
        need=need if need in Need.values else "",
        first=day_from(word("from")),
    )


class CalendarForm(forms.Form):
    """The filters above the calendar, with only what there is to choose from."""

    process = forms.ChoiceField(label=_("Process"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    area = forms.ChoiceField(label=_("Commune"), required=False)
    need = forms.ChoiceField(label=_("Offered"), required=False)

    def __init__(self, query: QueryDict, *, choices: Mapping[str, list[tuple[str, str]]], dated: bool) -> None:
        super().__init__(query)
        for name, found in choices.items():
            self.fields[name].choices = [("", pgettext_lazy("filter", "All")), *found]  # type: ignore[attr-defined]
        self.fields["need"].choices = [("", pgettext_lazy("filter", "All")), *Need.choices]  # type: ignore[attr-defined]
        if dated:
            self.fields["from"] = forms.DateField(label=pgettext_lazy("date", "From"), required=False, widget=Day)


class WishForm(forms.Form):
    """What somebody needs to come, and whether they may be seen in pictures."""

    needs = forms.MultipleChoiceField(
        label=_("What do you need to be able to come?"),
        help_text=_("Only the organisers read this. It is deleted once the meeting is over."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interpretation = forms.CharField(label=_("Interpretation into which language?"), required=False, max_length=60)
    words = forms.CharField(
        label=_("Anything else that would help you"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    pictures = forms.BooleanField(
        label=_("I may be recognised in pictures of the meeting"),
        help_text=_("You can take this back at any time: pictures that show you are then hidden."),
        required=False,
    )

    def __init__(self, *args: Any, meeting: Meeting, registration: Registration | None = None, **kwargs: Any) -> None:
        if registration is not None:
            needs = getattr(registration, "needs", None)
            kwargs.setdefault("initial", {}).update(
                needs=needs.needs if needs else [],
                interpretation=needs.interpretation if needs else "",
                words=needs.words if needs else "",
                pictures=registration.pictures,
            )
        super().__init__(*args, **kwargs)
        offered = set(meeting.needs_offered)
        self.fields["needs"].choices = [  # type: ignore[attr-defined]
            (need.value, _("%(need)s (offered)") % {"need": need.label} if need.value in offered else need.label)
            for need in sorted(Need, key=lambda need: need.value not in offered)
        ]

    def wishes(self) -> Wishes:
        given = self.cleaned_data
        return Wishes(
            needs=given["needs"],
            interpretation=given["interpretation"],
            words=given["words"],
            pictures=given["pictures"],
        )


class GuestForm(WishForm):
    """For who has no account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Give your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send you a letter to confirm. Your name and address are forgotten a month after the meeting."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Give your e-mail address.")},
    )

    field_order = ("name", "email", "needs", "interpretation", "words", "pictures")
