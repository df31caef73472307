"""What staff read in a history, for each event that this app records. Nobody's voting is one."""

from django.utils.translation import gettext_lazy as _

from zenne.people.history.kinds import events

for event, words in {
    "vote.changed": _("Way of voting changed"),
    "vote.district_added": _("Group of options added"),
    "vote.district_changed": _("Group of options changed"),
    "vote.district_removed": _("Group of options removed"),
    "vote.option_added": _("Option added to the ballot"),
    "vote.option_changed": _("Option changed"),
    "vote.option_moved": _("Order of the options changed"),
    "vote.option_removed": _("Option taken off the ballot"),
    "vote.contributor_added": _("Contributor to the budget added"),
    "vote.contributor_changed": _("Contributor to the budget changed"),
    "vote.contributor_removed": _("Contributor to the budget removed"),
    "vote.source_chosen": _("Selection chosen that the vote begins with"),
    "vote.ideas_added": _("Ideas put on the ballot"),
    "vote.options_excluded": _("Two options made incompatible"),
    "vote.options_allowed": _("Two options made compatible"),
    "paper.batch_printed": _("Batch of paper ballots printed"),
    "paper.batch_scrapped": _("Batch of paper ballots destroyed"),
    "paper.batch_out": _("Batch of paper ballots brought to the counter"),
    "paper.issued": _("Paper ballot handed out"),
    "paper.taken_back": _("Unused paper ballot taken back"),
    "paper.returned": _("Sheets of a batch counted"),
    "paper.explained": _("Remark on a batch for the minutes"),
    "paper.sheet_settled": _("Sheet that was read in two ways settled"),
    "paper.reading_begun_again": _("Reading of a batch begun again"),
    "paper.settled": _("Batch reconciled and put into the box"),
    "counter.opened": _("Ballot opened on a screen at the counter"),
    "vote.sealed": _("Ballot box sealed"),
    "vote.imported": _("Vote imported from a file"),
    "vote.count_begun": _("Count begun"),
    "vote.result_published": _("Result published"),
    "vote.annulled": _("Vote annulled"),
}.items():
    events.register(event, words)
