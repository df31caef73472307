"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "member.added": _("Member added"),
    "member.invited": _("Person invited"),
    "member.joined": _("Invitation accepted"),
    "member.removed": _("Member removed"),
    "member.roles-changed": _("Roles of a member changed"),
    "member.uninvited": _("Invitation withdrawn"),
    "organisation.changed": _("Organisation changed"),
    "organisation.created": _("Organisation created"),
    "organisation.opened": _("Organisation went live"),
}.items():
    events.register(event, words)
