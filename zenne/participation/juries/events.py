"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "jury.changed": _("Settings of the jury changed"),
    "jury.criterion_written": _("Criterion of the jury written"),
    "jury.criterion_removed": _("Criterion of the jury taken out"),
    "jury.candidates_taken": _("Put before the jury"),
    "jury.candidate_released": _("Taken away from before the jury"),
    "jury.invited": _("Member of the jury invited"),
    "jury.uninvited": _("Invitation to the jury taken back"),
    "jury.joined": _("Charter of the jury accepted"),
    "jury.declined": _("Invitation to the jury declined"),
    "jury.left": _("Member left the jury"),
    "jury.chair_appointed": _("Chair of the jury appointed"),
    "jury.reminded": _("Member reminded of missing scores"),
    "jury.submitted": _("Assessment submitted"),
    "jury.unlocked": _("Assessment opened again"),
    "jury.recused": _("Conflict of interest declared"),
    "jury.recusal_lifted": _("Declaration of a conflict of interest lifted"),
    "jury.session_opened": _("Session of the jury opened"),
    "jury.session_closed": _("Session of the jury closed"),
    "jury.moved": _("Moved in the deliberation"),
    "jury.reason_worded": _("Public reason written"),
    "jury.statement_worded": _("Public statement written"),
    "jury.minutes_taken": _("Minutes of the jury taken as a file"),
    "jury.published": _("Result of the jury published"),
}.items():
    events.register(event, words)
