"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "letter.sent_again": _("Letter in doubt sent again"),
    "letter.left": _("Letter left as it is"),
}.items():
    events.register(event, words)
