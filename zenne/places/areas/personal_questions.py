from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_questions import Answers, PersonalQuestion, questions

from .actions import set_residence
from .enums import DISTRICT_QUESTION
from .forms import DistrictField, ResidenceField, residence_value
from .models import Residence
from .queries import residence_of


def _fields(person: Person) -> dict[str, forms.Field]:
    known = residence_of(person.pk)
    given: dict[str, Any] = {"initial": residence_value(known.commune, known.district)} if known else {}
    if known and known.verified:
        given |= {"disabled": True, "help_text": _("Checked with your identity: it cannot be changed here.")}
    return {"residence": ResidenceField(**given)}


def _district_fields(person: Person) -> dict[str, forms.Field]:
    """Of a commune that was checked with an identity the district may still be said."""
    known = residence_of(person.pk)
    initial = residence_value(known.commune, known.district) if known else ""
    return {"residence": DistrictField(commune=known.commune if known and known.verified else None, initial=initial)}


def _save(person: Person, answers: Answers, now: datetime) -> None:
    commune, district = answers["residence"]
    set_residence(person=person, commune=commune, district=district, by=person, now=now)


questions.register(
    "residence",
    PersonalQuestion(
        known=lambda person: Residence.objects.filter(person_id=person.pk).exists(),
        fields=_fields,
        save=_save,
        why=_("Used to check who an activity is for, and in anonymous statistics. We never ask your street or number."),
    ),
)
questions.register(
    DISTRICT_QUESTION,
    PersonalQuestion(
        known=lambda person: Residence.objects.filter(person_id=person.pk, district__isnull=False).exists(),
        fields=_district_fields,
        save=_save,
        on_profile=False,
        why=_("Used to check who an activity is for, and in anonymous statistics. We never ask your street or number."),
    ),
)
