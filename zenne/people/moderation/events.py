"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "contribution.reported": _("Contribution reported"),
    "contribution.kept": _("Report examined: stays visible"),
    "contribution.hidden": _("Contribution hidden"),
    "contribution.restored": _("Contribution made visible again"),
}.items():
    events.register(event, words)
