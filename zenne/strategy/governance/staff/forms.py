"""What the forms of the desks share: words in the languages an organisation promises, money in euros."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import attribute, text_in
from zenne.participation.decisions.staff.forms import box, day_field, languages_of
from zenne.people.organisations.models import Organisation

__all__ = ["MOST_EUROS", "Worded", "day_field", "euros", "in_cents"]
MOST_EUROS = 100_000_000_000


class Worded(forms.Form):
    """A form with texts in several languages: `add_words` puts the boxes, `words` reads them."""

    def __init__(self, data: Any = None, *, house: Organisation, prefix: str, initial: Any = None) -> None:
        super().__init__(data, prefix=prefix, initial=initial)
        self.languages = languages_of(house)

    def add_words(self, name: str, label: Any, *, rows: int, most: int, of: Any = None) -> None:
        for language in self.languages:
            said = text_in(of, name, language) if of is not None else ""
            self.fields[attribute(name, language)] = box(label, language, rows=rows, most=most, initial=said)

    def words(self, name: str) -> dict[str, str]:
        return {code: self.cleaned_data.get(attribute(name, code), "") for code in self.languages}


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
        super().__init__(data, house=house, prefix=prefix)
        self.add_words("reason", _("Public reason"), rows=2, most=2000)
