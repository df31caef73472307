"""What an activity may ask of a person: each question once, for all activities and for the profile page.

An app above fills in its own (places asks the residence) from its `personal_questions.py`; keys are those of `access.enums.Question`, and what an app asks more closely.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zenne.core import clock
from zenne.core.languages import LANGUAGES
from zenne.core.registry import Registry

from .actions import answer_questions
from .enums import Gender
from .models import Person

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class PersonalQuestion:
    """`fields` makes the form fields, filled with what is known; `save` gets exactly their cleaned values, by name.

    `why` is the sentence under the question: what the answer is used for and who sees it. Not `on_profile`: another question asks for the same there.
    """

    known: Callable[[Person], bool]
    fields: Callable[[Person], dict[str, forms.Field]]
    save: Callable[[Person, Answers, datetime], None]
    why: str | Promise = ""
    on_profile: bool = True


questions: Registry[PersonalQuestion] = Registry("personal_questions")

OLDEST = 120


def _birth_year(person: Person) -> dict[str, forms.Field]:
    year = clock.in_brussels(clock.now()).year
    return {
        "birth_year": forms.IntegerField(
            label=_("In what year were you born?"),
            help_text=_("Checked by your identity provider: it cannot be changed here.")
            if person.birth_year_checked
            else _("Four digits, for example 1987."),
            min_value=year - OLDEST,
            max_value=year,
            initial=person.birth_year,
            disabled=person.birth_year_checked,
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
        )
    }


def _gender(person: Person) -> dict[str, forms.Field]:
    return {
        "gender": forms.ChoiceField(
            label=_("What is your gender?"),
            choices=Gender.choices,
            widget=forms.RadioSelect,
            initial=person.gender or None,
        )
    }


OWN_NAMES = {"fr": "Français", "nl": "Nederlands", "en": "English", "de": "Deutsch"}


def _language(person: Person) -> dict[str, forms.Field]:
    return {
        "language": forms.ChoiceField(
            label=_("Which language do you prefer?"),
            help_text=_("We write to you in this language."),
            choices=[(code, OWN_NAMES.get(code, code)) for code in LANGUAGES],
            widget=forms.RadioSelect,
            initial=person.language,
        )
    }


def _save(person: Person, answers: Answers, now: datetime) -> None:
    answer_questions(by=person, now=now, **answers)


questions.register(
    "birth-year",
    PersonalQuestion(
        known=lambda person: person.birth_year is not None,
        fields=_birth_year,
        save=_save,
        why=_("Used to check an age limit and in anonymous statistics. Nobody else sees it."),
    ),
)
questions.register(
    "gender",
    PersonalQuestion(
        known=lambda person: bool(person.gender),
        fields=_gender,
        save=_save,
        why=_("Used in anonymous statistics only. “I would rather not say” is an answer."),
    ),
)
questions.register(
    "language",
    PersonalQuestion(known=lambda person: bool(person.language), fields=_language, save=_save),
)
