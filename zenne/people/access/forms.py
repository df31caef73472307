from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_questions import PersonalQuestion, questions


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
