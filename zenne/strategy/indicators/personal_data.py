"""What indicators know of a person: which they keep, and what they entered or froze as staff."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Definition, Import, Indicator, Measurement


def _export(person: Person) -> dict[str, Any]:
    return {
        "in_charge_of": list(
            Indicator.objects.filter(owner_person=person).order_by("slug").values_list("slug", flat=True)
        ),
        "values_entered": list(
            Measurement.objects.filter(entered_by=person)
            .order_by("id")
            .values("indicator__slug", "start", "end", "value", "entered_at")
        ),
        "definitions_frozen": list(
            Definition.objects.filter(frozen_by=person).order_by("id").values("indicator__slug", "number", "frozen_at")
        ),
        "files_given": list(Import.objects.filter(made_by=person).order_by("id").values("name", "made_at")),
    }


def _erase(person: Person, now: datetime) -> None:
    Indicator.objects.filter(owner_person=person).update(owner_person=None)
    Measurement.objects.filter(entered_by=person).update(entered_by=None)
    Definition.objects.filter(frozen_by=person).update(frozen_by=None)
    Import.objects.filter(made_by=person).update(made_by=None)


personal_data.register(
    "indicators",
    PersonalData(
        _("Indicators and values I looked after as staff"),
        covers=("indicators.Indicator", "indicators.Measurement", "indicators.Definition", "indicators.Import"),
        export=_export,
        erase=_erase,
        keeps=_("The indicators, values and definitions stay, without your name."),
    ),
)
