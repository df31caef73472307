"""What people read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "api_token.created": _("API token made"),
    "api_token.revoked": _("API token revoked"),
}.items():
    events.register(event, words)
