from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .kinds import webhooks
from .models import Subscription


def choices() -> list[tuple[str, object]]:
    return [(key, event.label) for key, event in sorted(webhooks.items())]


class SubscriptionForm(WagtailAdminModelForm):
    """Where to, and what of. Which address may be called is for the verb to say."""

    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one event.")},
    )
    address = forms.CharField(
        label=_("HTTPS address"),
        max_length=500,
        help_text=_("Where the messages are posted, such as https://example.org/hook."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = Subscription
        fields = ["organisation", "name", "address", "events"]
