"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "group.changed": _("Group changed"),
    "group.created": _("Group created"),
    "group.deleted": _("Group deleted"),
    "identity.verified": _("Identity checked"),
    "letter_code.issued": _("Code for a letter made"),
    "letter_code.withdrawn": _("Code for a letter withdrawn"),
}.items():
    events.register(event, words)
