"""What staff fill in: the letter in each language, whom it is for, and when it leaves."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminTimeInput

from zenne.core.clock import at_brussels, in_brussels
from zenne.core.languages import LANGUAGES, attribute
from zenne.people.organisations.staff import WagtailDayField
from zenne.web.fields import words_field

from ..kinds import in_order
from ..models import Campaign

LABELS: dict[str, Promise] = {
    "subject": _("Subject"),
    "body": _("Text"),
    "button": _("Words on the button"),
}
Options = list[tuple[str, list[tuple[str, str]]]]


class CampaignForm(forms.ModelForm):
    """One letter. Languages that the organisation promised come first; the others may stay empty."""

    to = forms.ChoiceField(
        label=_("To whom"), help_text=_("Only people who may be written to get it: the next page counts them.")
    )

    url = forms.URLField(
        label=_("Address the button leads to"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Optional: a full address, such as that of the process. Without it there is no button."),
    )

    class Meta:
        model = Campaign
        fields = ["url"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaign: Campaign = self.instance
        promised = campaign.organisation.languages
        self.fields["to"].choices = [("", _("Choose")), *options(campaign)]  # type: ignore[attr-defined]
        if campaign.audience:
            self.initial["to"] = f"{campaign.audience}:{campaign.thing}"
        for language in (*promised, *(each for each in LANGUAGES if each not in promised)):
            for name, label in LABELS.items():
                self.fields[attribute(name, language)] = _text(name, label, language)
                self.initial[attribute(name, language)] = getattr(campaign, attribute(name, language)) or ""
        self.order_fields(["to", *(name for name in self.fields if name not in ("to", "url")), "url"])

    def clean_to(self) -> str:
        chosen: str = self.cleaned_data["to"]
        self.instance.audience, _colon, number = chosen.rpartition(":")
        self.instance.thing = int(number)
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.fields:
            if name not in ("to", "url"):
                setattr(self.instance, name, cleaned.get(name, ""))
        return cleaned


def options(campaign: Campaign) -> Options:
    """Every audience of the organisation, under the name of its sort."""
    found = []
    for code, audience in in_order():
        things = [(f"{code}:{number}", name) for number, name in audience.things(campaign.organisation)]
        if things:
            found.append((str(audience.label), things))
    return found


def _text(name: str, label: Promise, language: str) -> forms.CharField:
    body = name == "body"
    return words_field(
        label,
        language,
        rows=10 if body else 1,
        max_length=Campaign._meta.get_field(name).max_length,
        help_text=_("An empty line begins a new paragraph; addresses become links.") if body else "",
    )


class ScheduleForm(forms.Form):
    """A day and an hour on the clock in Brussels."""

    day = WagtailDayField(label=_("Day"))
    hour = forms.TimeField(label=_("Hour, in Brussels"), initial="09:00", widget=AdminTimeInput)

    @classmethod
    def of(cls, campaign: Campaign) -> "ScheduleForm":
        """Filled with the moment for which it is scheduled, if it is."""
        if campaign.due_at is None:
            return cls()
        due = in_brussels(campaign.due_at)
        return cls(initial={"day": due.date(), "hour": due.strftime("%H:%M")})

    def moment(self) -> datetime:
        return at_brussels(self.cleaned_data["day"], self.cleaned_data["hour"])
