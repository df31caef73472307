"""The form of the post of a draw by lot."""

from typing import Any

from django import forms

from zenne.core.languages import attribute, language_name, text_in

from ..models import Lottery, Mailing
from ..printing import mailing_of

TEXTS = ("hours", "desk")


class MailingForm(forms.Form):
    """Envelope, hours, desk in every promised language, and when a reminder is due."""

    def __init__(self, data: Any = None, *, lottery: Lottery) -> None:
        mailing = mailing_of(lottery)
        self.languages = list(lottery.process.organisation.languages)
        initial = {"envelope": mailing.envelope, "remind_days": mailing.remind_days}
        initial |= {attribute(name, code): text_in(mailing, name, code) for name in TEXTS for code in self.languages}
        super().__init__(data, initial=initial)
        self.fields["envelope"] = _of("envelope")
        for name in TEXTS:
            for code in self.languages:
                field = _of(name)
                field.label = f"{field.label} · {language_name(code)}"
                self.fields[attribute(name, code)] = field
        self.fields["remind_days"] = _of("remind_days")

    def values(self) -> dict[str, Any]:
        clean = self.cleaned_data
        texts = {name: {code: clean[attribute(name, code)] for code in self.languages} for name in TEXTS}
        return {"envelope": clean["envelope"], "remind_days": clean["remind_days"], **texts}


def _of(name: str) -> forms.Field:
    field = Mailing._meta.get_field(name).formfield()  # type: ignore[union-attr]
    assert field is not None
    return field
