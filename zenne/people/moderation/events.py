"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "contribution.reported": _("Contribution reported"),
    "contribution.kept": _("Examined by a moderator: stays visible"),
    "contribution.hidden": _("Contribution hidden"),
    "contribution.restored": _("Contribution made visible again"),
    "appeal.made": _("Appeal made"),
    "appeal.upheld": _("Appeal decided: the decision stands"),
    "appeal.reversed": _("Appeal decided: the decision is taken back"),
    "person.blocked": _("Person blocked for a time"),
    "person.unblocked": _("Block lifted"),
    "flagrule.created": _("What the platform looks for was set"),
    "flagrule.changed": _("What the platform looks for was changed"),
    "flaggedword.created": _("Word to look for added"),
    "flaggedword.changed": _("Word to look for changed"),
    "flaggedword.deleted": _("Word to look for taken off"),
}.items():
    events.register(event, words)
