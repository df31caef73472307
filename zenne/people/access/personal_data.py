from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import FailedCode, LetterCode


def _export(person: Person) -> dict[str, Any]:
    return {
        "groups": [str(group) for group in person.groups_joined.order_by("id")],
        "letter_codes_used": list(
            LetterCode.objects.filter(redeemed_by=person).order_by("id").values_list("redeemed_at", flat=True)
        ),
    }


def _erase(person: Person, now: datetime) -> None:
    person.groups_joined.clear()
    FailedCode.objects.filter(person=person).delete()
    LetterCode.objects.filter(redeemed_by=person).delete()


personal_data.register(
    "access",
    PersonalData(
        _("Groups I was added to, and letters with a code"),
        covers=("access.Group.members", "access.LetterCode", "access.FailedCode"),
        export=_export,
        erase=_erase,
    ),
)
