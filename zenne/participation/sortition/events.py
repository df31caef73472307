"""What staff read in a history, for each event that this app records."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "lottery.changed": _("Settings of the draw by lot changed"),
    "lottery.quotas_changed": _("Categories and quotas changed"),
    "lottery.file_read": _("File of drawn letters read"),
    "lottery.file_discarded": _("File of drawn letters put away"),
    "lottery.framed": _("Drawn letters imported"),
    "lottery.unframed": _("Drawn letters taken out"),
    "lottery.invited": _("Letters sent, answers opened"),
    "lottery.post_changed": _("Envelope, desk and reminder of the letters changed"),
    "lottery.printed": _("Letters made ready for the printer"),
    "lottery.printing_deleted": _("Files for the printer deleted"),
    "lottery.letter_returned": _("Letter came back"),
    "lottery.reminded": _("Reminders made"),
    "lottery.answer_entered": _("Answer entered by staff"),
    "lottery.answer_changed": _("Answer changed"),
    "lottery.answer_withdrawn": _("Answer withdrawn"),
    "lottery.closed": _("Answers closed"),
    "lottery.checked": _("Quotas checked: the pool can meet them"),
    "lottery.quota_widened": _("Quota widened by a public decision"),
    "lottery.computing": _("Computing the odds begun"),
    "lottery.computed": _("Odds computed"),
    "lottery.stopped": _("Computing the odds stopped"),
    "lottery.discarded": _("Computed odds put away"),
    "lottery.committed": _("Odds committed, source of chance named"),
    "lottery.dice_read": _("The dice as one person read them"),
    "lottery.chance_entered": _("What chance gave was entered"),
    "lottery.drawn": _("Panel drawn"),
    "lottery.annulled": _("Draw annulled"),
    "lottery.offered": _("Seat offered"),
    "lottery.confirmed": _("Seat confirmed"),
    "lottery.declined": _("Seat declined"),
    "lottery.lapsed": _("Seat not confirmed in time"),
    "lottery.left": _("Seat given up"),
    "lottery.reserve_empty": _("Nobody is left to take a free seat"),
    "lottery.seated": _("All seats taken"),
    "lottery.ended": _("Draw by lot ended"),
    "lottery.frame_destroyed": _("Names and addresses of the letters destroyed"),
    "lottery.pool_destroyed": _("Names and contacts of the pool destroyed"),
    "lottery.erased": _("Somebody’s data erased; their number stays"),
    "lottery.letter_erased": _("Letter erased at the wish of the person"),
    "lottery.exported": _("Pool downloaded, without names"),
}.items():
    events.register(event, words)
