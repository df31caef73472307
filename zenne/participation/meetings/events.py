"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "meeting.written": _("Meeting written"),
    "meeting.changed": _("Meeting changed"),
    "meeting.agenda_set": _("Agenda of the meeting set"),
    "meeting.announced": _("Meeting announced"),
    "meeting.cancelled": _("Meeting cancelled"),
    "meeting.deleted": _("Draft of a meeting thrown away"),
    "meeting.guest_entered": _("Guest registered by staff"),
    "meeting.place_taken_back": _("Place taken back by staff"),
    "meeting.ticked": _("People ticked at the door"),
    "meeting.walk_ins_counted": _("People who came without registering counted"),
    "meeting.minutes_written": _("Minutes of the meeting written"),
    "meeting.minutes_published": _("Minutes of the meeting published"),
    "meeting.minutes_taken_back": _("Minutes of the meeting taken back"),
    "meeting.picture_added": _("Picture of the meeting added"),
    "meeting.picture_removed": _("Picture of the meeting removed"),
    "meeting.guests_forgotten": _("Names and addresses of guests forgotten"),
}.items():
    events.register(event, words)
