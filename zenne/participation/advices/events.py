"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "advice.prepared": _("Advice begun"),
    "advice.edited": _("Words of the advice changed"),
    "advice.discarded": _("Advice thrown away before it was issued"),
    "advice.issued": _("Advice issued"),
    "advice.answered": _("Answer to the advice published"),
    "advice.withdrawn": _("Advice withdrawn"),
}.items():
    events.register(event, words)
