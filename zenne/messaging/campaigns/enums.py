from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class CampaignState(TextChoices):
    DRAFT = "draft", pgettext_lazy("campaign", "draft")
    SCHEDULED = "scheduled", pgettext_lazy("campaign", "scheduled")
    SENDING = "sending", pgettext_lazy("campaign", "being sent")
    SENT = "sent", pgettext_lazy("campaign", "sent")
    STOPPED = "stopped", pgettext_lazy("campaign", "stopped")


#: what may follow what; the README's picture is this table
FOLLOWS: dict[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.SCHEDULED}),
    CampaignState.SCHEDULED: frozenset({CampaignState.DRAFT, CampaignState.SCHEDULED, CampaignState.SENDING}),
    CampaignState.SENDING: frozenset({CampaignState.SENT, CampaignState.STOPPED}),
    CampaignState.SENT: frozenset(),
    CampaignState.STOPPED: frozenset(),
}
