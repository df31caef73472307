from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from zenne.core.errors import Invalid
from zenne.people.accounts import marks
from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_questions import PersonalQuestion, questions
from zenne.people.accounts.queries import person_with_email
from zenne.people.organisations.models import Organisation


class Answers(forms.Form):
    """The questions named, in order; those nobody declared are passed over."""

    def __init__(self, person: Person, keys: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.asked: list[tuple[PersonalQuestion, list[str]]] = []
        for key in dict.fromkeys(keys):
            question = questions.get(key)
            if question is None:
                continue
            fields = question.fields(person)
            self.fields.update(fields)
            self.asked.append((question, list(fields)))
            if question.why and fields:
                first = next(iter(fields.values()))
                first.help_text = " ".join(str(part) for part in (first.help_text, question.why) if part)

    def keep(self, now: datetime) -> None:
        """Hand every question's own answers to whoever declared it."""
        for question, names in self.asked:
            question.save(self.person, {name: self.cleaned_data[name] for name in names}, now)


class LetterCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from your letter"),
        help_text=_("Twelve letters and digits, as in ABCD-EFGH-2345. Capitals and dashes do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class GroupForm(WagtailAdminModelForm):
    """A group, its members written as their e-mail addresses: nobody browses through the people of the platform."""

    addresses = forms.CharField(
        label=_("members"),
        help_text=_("One e-mail address a line, each of an account that exists."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            members = self.instance.members.order_by("email", "id")
            self.initial["addresses"] = "\n".join(members.values_list("email", flat=True))

    def clean_addresses(self) -> list[Person]:
        asked = list(
            dict.fromkeys(line.strip().lower() for line in self.cleaned_data["addresses"].splitlines() if line.strip())
        )
        known = {
            person.email.lower(): person
            for person in Person.objects.filter(email__in=asked, is_active=True).order_by("id")
        }
        if unknown := [email for email in asked if email not in known]:
            raise forms.ValidationError(
                _("No account has this address: %(emails)s"), params={"emails": ", ".join(unknown)}
            )
        return [known[email] for email in asked]


NATIONAL_NUMBER = {
    "label": _("National number"),
    "help_text": _("As on the identity card: 85.07.30-033.28. It is not kept."),
    "max_length": 20,
    "widget": forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
}


class LetterForm(WagtailAdminModelForm):
    """For a letter to the official address of the person with this number."""

    national_number = forms.CharField(**NATIONAL_NUMBER)

    def clean_national_number(self) -> str:
        return _checked(self.cleaned_data["national_number"])


class CounterForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    email = forms.EmailField(label=_("E-mail address of their account"))
    national_number = forms.CharField(**NATIONAL_NUMBER)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean_email(self) -> Person:
        person = person_with_email(self.cleaned_data["email"])
        if person is None or not person.is_active:
            raise forms.ValidationError(
                _("No account has this address. Let them sign in once with it, then try again.")
            )
        return person

    def clean_national_number(self) -> str:
        return _checked(self.cleaned_data["national_number"])


def _checked(number: str) -> str:
    try:
        return marks.national_number(number)
    except Invalid as error:
        raise forms.ValidationError(str(error.message)) from error
