"""What the forms of the desks share: words in the languages an organisation promises, money in euros."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zenne.people.organisations.models import Organisation
from zenne.web.fields import Worded

MOST_EUROS = 100_000_000_000


def euros(label: Any, *, required: bool = True, cents: int | None = None, **more: Any) -> forms.DecimalField:
    initial = None if cents is None else f"{Decimal(cents) / 100:.2f}"
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=0,
        max_value=MOST_EUROS,
        decimal_places=2,
        initial=initial,
        widget=forms.NumberInput(attrs={"step": "0.01", "min": "0"}),
        **more,
    )


def in_cents(given: Decimal | None) -> int | None:
    return None if given is None else int(given * 100)


class ReasonForm(Worded):
    """Why, for everyone."""

    def __init__(self, data: Any = None, *, house: Organisation, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.languages = house.languages
        self.ask_words("reason", _("Public reason"), rows=2, most=2000)
