"""Forms of the back office."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import LANGUAGES
from zenne.participation.decisions.models import Body
from zenne.participation.processes.models import Process
from zenne.web.fields import DayField, EuroField, Worded

from ..actions import Contact
from ..enums import End
from ..forms import ContactForm, area, languages
from ..models import Panel, Seat, Term
from ..models.panel import MOST_CENTS, MOST_SEATS


class WordsForm(Worded):
    """Name and mandate, a box per promised language; seats and allowance."""

    size = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=MOST_SEATS)
    allowance = EuroField(label=gettext_lazy("Allowance per meeting, in euros"), most=MOST_CENTS // 100, initial=0)

    def ask_name_and_mandate(self, languages: Sequence[str], panel: Panel | None = None) -> None:
        self.languages = languages
        self.ask_words("name", _("Name"), most=120, of=panel)
        self.ask_words("mandate", _("Mandate"), rows=4, most=6000, of=panel)

    def values(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in ("size", "allowance")}


class FormForm(WordsForm):
    """A new panel, with one term or two that end apart."""

    process = forms.ModelChoiceField(label=gettext_lazy("Process"), queryset=Process.objects.none())
    begins_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))
    half_ends_on = DayField(
        label=gettext_lazy("Last day of the other half"),
        required=False,
        help_text=gettext_lazy(
            "For a panel renewed by halves: every second seat is given until this day. Empty: all end together."
        ),
    )
    field_order = ["process", "size", "allowance", "begins_on", "ends_on", "half_ends_on"]

    def __init__(self, *args: Any, processes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = processes  # type: ignore[attr-defined]
        self.ask_name_and_mandate(LANGUAGES)

    def terms(self) -> list[tuple[Any, Any]]:
        given = self.cleaned_data
        ends = [given["ends_on"], *([given["half_ends_on"]] if given["half_ends_on"] else [])]
        return [(given["begins_on"], end) for end in ends]


class ChangeForm(WordsForm):
    def __init__(self, data: Any = None, *, panel: Panel) -> None:
        super().__init__(data, initial={"size": panel.size, "allowance": panel.allowance})
        self.ask_name_and_mandate(panel.process.organisation.languages, panel)


class RenewForm(forms.Form):
    begins_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))


class SplitForm(forms.Form):
    term = forms.ModelChoiceField(label=gettext_lazy("Term"), queryset=Term.objects.none())
    ends_on = DayField(label=gettext_lazy("Last day of the other half"))

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = panel.terms.order_by("number")  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Somebody who was drawn elsewhere, or takes a vacant place over: by how they can be reached."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    address = forms.CharField(label=gettext_lazy("Postal address"), max_length=400, required=False, widget=area(3))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)
    follows = forms.ModelChoiceField(
        label=gettext_lazy("Takes the place of"), queryset=Seat.objects.none(), required=False
    )

    def __init__(self, *args: Any, vacant: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follows"].queryset = vacant  # type: ignore[attr-defined]

    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data[name] for name in ("name", "email", "phone", "address", "language")})


class VacateForm(forms.Form):
    end = forms.ChoiceField(
        label=gettext_lazy("Why the seat ends"),
        choices=[(end.value, end.label) for end in (End.RESIGNED, End.WITHDRAWN)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        widget=area(3),
        help_text=gettext_lazy("Needed when the secretariat withdraws a seat; it stays in the record."),
    )


class AttendanceForm(forms.Form):
    """Which of the seats taken on that day were there."""

    present = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who was there"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, seats: list[Seat], present: list[int]) -> None:
        super().__init__(data, initial={"present": present})
        field: Any = self.fields["present"]
        field.choices = [(seat.pk, f"{seat} · {seat.known_as}") for seat in seats]


class PayoutForm(forms.Form):
    first_day = DayField(label=gettext_lazy("Meetings from"))
    last_day = DayField(label=gettext_lazy("Meetings until"))


class DissolveForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=area(3),
        help_text=gettext_lazy("Everyone reads it on the page of the panel. Every seat ends."),
    )


class IssueForm(forms.Form):
    body = forms.ModelChoiceField(label=gettext_lazy("Addressed to"), queryset=Body.objects.none())
    due_on = DayField(label=gettext_lazy("To be answered by"))

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Body.objects.filter(organisation=panel.process.organisation_id)
        self.fields["body"].queryset = mine  # type: ignore[attr-defined]


class ReachForm(ContactForm):
    """How to reach a member, for the secretariat: an account number can be given, but not read."""

    drop = forms.BooleanField(
        label=gettext_lazy("Forget the account number"),
        required=False,
        help_text=gettext_lazy("Such as when the member asks for it."),
    )

    @classmethod
    def about(cls, seat: Seat, data: Any = None) -> "ReachForm":
        form = cls(data, initial=cls.known(seat))
        if seat.sealed_account is None:
            del form.fields["drop"]
        else:
            form.fields["account"].help_text = _(
                "One is known, and kept sealed: only the list to pay shows it. Empty: it stays. A new one replaces it."
            )
        return form

    def account(self) -> str | None:
        """The number that is to be kept; None: as it is."""
        typed = self.cleaned_data["account"]
        return typed if typed or self.cleaned_data.get("drop") else None
