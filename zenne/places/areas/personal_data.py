from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Residence
from .queries import residence_of


def _export(person: Person) -> dict[str, Any]:
    known = residence_of(person.pk)
    if known is None:
        return {}
    return {
        "commune": str(known.commune),
        "district": str(known.district) if known.district else None,
        "checked": known.verified,
        "since": known.changed_at,
    }


def _erase(person: Person, now: datetime) -> None:
    Residence.objects.filter(person=person).delete()


personal_data.register(
    "residence", PersonalData(_("Where I live"), covers=("areas.Residence",), export=_export, erase=_erase)
)
