"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "selection.opened": _("Selection begun"),
    "selection.edited": _("Words of the selection changed"),
    "selection.discarded": _("Selection thrown away before its publication"),
    "selection.published": _("Selection published"),
    "selection.annulled": _("Selection annulled"),
}.items():
    events.register(event, words)
