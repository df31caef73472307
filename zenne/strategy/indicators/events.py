"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "indicator.defined": _("Indicator defined"),
    "indicator.changed": _("Indicator changed"),
    "indicator.activated": _("Indicator made public"),
    "indicator.retired": _("Indicator retired"),
    "indicator.frozen": _("Definition frozen"),
    "indicator.deleted": _("Draft of an indicator deleted"),
    "measurement.entered": _("Value entered"),
    "measurement.validated": _("Value validated"),
    "measurement.sent_back": _("Value sent back"),
    "measurement.discarded": _("Value thrown away before its publication"),
    "measurement.published": _("Value published"),
    "measurement.revised": _("Published value revised"),
    "measurements.imported": _("File of values written"),
    "measurements.file_discarded": _("File of values put away"),
}.items():
    events.register(event, words)
