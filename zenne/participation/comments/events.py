"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "comment.written": _("Comment written"),
    "comment.edited": _("Comment changed by its author"),
    "comment.deleted": _("Comment deleted by its author"),
}.items():
    events.register(event, words)
