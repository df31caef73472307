"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "webhook.changed": _("Webhook changed"),
    "webhook.created": _("Webhook created"),
    "webhook.deleted": _("Webhook deleted"),
    "webhook.paused": _("Webhook paused"),
    "webhook.redelivered": _("Message of a webhook sent again"),
    "webhook.resumed": _("Webhook resumed"),
    "webhook.revealed": _("Secret of a webhook shown"),
    "webhook.rotated": _("Secret of a webhook renewed"),
    "webhook.stopped": _("Webhook stopped after too many failures"),
}.items():
    events.register(event, words)
