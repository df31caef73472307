"""Paper ballots and counters, through the verbs."""

import pytest
from django.db import IntegrityError, transaction

from tests.participation.voting.factories import AFTER, NOW, cast, content, district, resident, sealed, staff, vote
from zenne.core.errors import Conflict, Invalid, NotFound
from zenne.participation.processes.enums import Action
from zenne.participation.processes.models import Permission
from zenne.participation.voting import actions, keying, printing, queries
from zenne.participation.voting.enums import BatchState, Channel, Count, Districts, Method
from zenne.participation.voting.enums import Invalid as Void
from zenne.participation.voting.errors import AlreadyVoted, HasPaperBallot
from zenne.participation.voting.models import Ballot, CounterPass, PaperEntry, SealedBallot, Voter
from zenne.participation.voting.queries import Guest
from zenne.people.access.answers import NotAllowed, Reason
from zenne.people.access.enums import Level
from zenne.people.accounts import marks as identities
from zenne.people.accounts.models import Identity
from zenne.people.history.models import Entry
from zenne.places.areas.models import Area

pytestmark = pytest.mark.django_db

CARD = "85.07.30-033.28"
ROUNDS = (1, 2)


def batch(of, *, by=None, printed=10, out=True, **given):
    by = by or staff(of.process.organisation)
    made = actions.print_batch(of, language="fr", printed=printed, by=by, now=NOW, **given)
    return actions.bring_to_counter(made, by=by, now=NOW) if out else made


def hand_out(made, guest=None, **given):
    clerk = staff(made.vote.process.organisation)
    actions.hand_out(made, guest=guest or Guest(resident()), by=clerk, now=NOW, **given)
    made.refresh_from_db()


def keyed(made, *lines, second=None, returned=None):
    """A batch whose sheets two people read, after closing."""
    organisation = made.vote.process.organisation
    readers = [staff(organisation, name=f"Reader {each}") for each in ROUNDS]
    actions.take_in(made, returned=returned or len(lines), by=readers[0], now=AFTER)
    for reading, reader, said in zip(ROUNDS, readers, (lines, second or lines), strict=True):
        for position, line in enumerate(said, 1):
            actions.key_sheet(made, reading=reading, position=position, line=line, by=reader, now=AFTER)
    made.refresh_from_db()
    return readers


# --- handing out ------------------------------------------------------------------------------------------------------------


def test_a_handed_out_ballot_blocks_the_one_online():
    of, person = vote(), resident()
    hand_out(batch(of), Guest(person))
    with pytest.raises(HasPaperBallot):
        cast(of, person)
    assert Voter.objects.get(vote=of).channel == Channel.PAPER
    assert not Ballot.objects.filter(vote=of).exists()


def test_who_voted_online_gets_no_paper_ballot():
    of, person = vote(), resident()
    cast(of, person)
    made = batch(of)
    with pytest.raises(AlreadyVoted, match="voted online"):
        hand_out(made, Guest(person))
    made.refresh_from_db()
    assert made.issued == 0


def test_nobody_gets_two_paper_ballots_by_card_and_by_account():
    of, person = vote(), resident()
    Identity.objects.create(person=person, method="oidc", mark=identities.of_national_number(CARD), verified_at=NOW)
    made = batch(of)
    hand_out(made, queries.guest_with_number(CARD))
    with pytest.raises(AlreadyVoted, match="paper ballot"):
        hand_out(made, Guest(person))
    assert made.issued == 1


def test_a_card_without_an_account_is_enough():
    of = vote()
    Permission.objects.create(activity=of.activity, action=Action.VOTE, level=Level.VERIFIED, minimum_age=16)
    hand_out(batch(of), queries.guest_with_number(CARD))
    assert Voter.objects.get(vote=of).mark != identities.of_national_number(CARD)


def test_the_year_on_the_card_is_checked_and_the_address_is_for_staff_to_check():
    of = vote()
    where = district(of, 1)
    of.options.update(district=where)
    of.districts_mode = Districts.OWN
    where.area = Area.objects.create(kind="commune", code="21010", name_fr="Jette", name_nl="Jette")
    where.save()
    of.save()
    Permission.objects.create(activity=of.activity, action=Action.VOTE, level=Level.CONFIRMED, minimum_age=30)
    made = batch(queries.votes().get(pk=of.pk), district=where)
    with pytest.raises(NotAllowed) as young:
        hand_out(made, Guest(None, "f" * 64, born=2000))
    with pytest.raises(NotAllowed) as elsewhere:
        hand_out(made, Guest(None, "f" * 64, born=1970))
    hand_out(made, Guest(None, "f" * 64, born=1970), lives_here=True)
    assert (young.value.refused.reason, elsewhere.value.refused.reason) == (Reason.TOO_YOUNG, Reason.OUTSIDE_AREA)
    assert Voter.objects.get(vote=of).district == where


def test_a_batch_hands_out_no_more_than_was_printed():
    made = batch(vote(), printed=1)
    hand_out(made)
    with pytest.raises(Conflict, match="used up"):
        hand_out(made)


def test_an_unused_ballot_taken_back_frees_its_voter():
    of, person = vote(), resident()
    made = batch(of)
    hand_out(made, Guest(person))
    clerk = staff(of.process.organisation)
    actions.take_back(made, guest=Guest(person), by=clerk, now=NOW)
    made.refresh_from_db()
    assert (made.issued, cast(of, person).replaced) == (0, False)


def test_a_ballot_that_changed_after_printing_is_not_handed_out():
    of = vote(opens_at=AFTER, closes_at=AFTER.replace(year=2027))
    manager = staff(of.process.organisation)
    made = batch(of, by=manager, out=False)
    actions.change_option(of.options.first(), values={"title_fr": "Autre chose"}, by=manager, now=NOW)
    with pytest.raises(Conflict, match="changed after"):
        actions.bring_to_counter(made, by=manager, now=NOW)
    assert actions.scrap_batch(made, by=manager, now=NOW).state == BatchState.SCRAPPED


def test_history_says_which_batch_and_never_who():
    of, person = vote(), resident()
    hand_out(batch(of), Guest(person))
    told = Entry.objects.filter(event="paper.issued").get()
    assert told.details == {"batch": 1}
    assert str(person.pk) not in str(told.details)


# --- reading ----------------------------------------------------------------------------------------------------------------


def test_no_sheet_is_read_before_the_vote_is_over():
    made = batch(vote())
    with pytest.raises(Conflict, match="over, not before"):
        actions.take_in(made, returned=0, by=staff(made.vote.process.organisation), now=NOW)


def test_two_equal_readings_make_ballots_that_count():
    of = vote(options=4)
    made = batch(of)
    for _each in range(3):
        hand_out(made)
    keyed(made, "1 3", "0", "u")
    sealed(of)
    assert actions.settle(made, by=staff(of.process.organisation), now=AFTER) == 3
    kept = [ballot.content for ballot in SealedBallot.objects.filter(vote=of, channel=Channel.PAPER)]
    assert {"kind": "approval", "choices": ["1", "3"]} in kept
    assert {"kind": "approval", "choices": None} in kept
    assert {"kind": "approval", "invalid": "unreadable"} in kept
    assert len(queries.leaves_of(of, paper=True)) == 3
    assert queries.leaves_of(of, paper=False) == ()


def test_the_same_person_does_not_do_both_readings():
    made = batch(vote())
    hand_out(made)
    first, _second = keyed(made, "1")
    with pytest.raises(Conflict, match="other reading"):
        actions.key_sheet(made, reading=2, position=1, line="1", by=first, now=AFTER)
    entry = made.entries.get(round=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperEntry.objects.create(
            batch=made, position=1, round=3, content=entry.content, keyed_by=first, keyed_at=AFTER
        )


def test_what_was_read_in_two_ways_is_settled_by_a_third():
    of = vote()
    made = batch(of)
    for _each in range(2):
        hand_out(made)
    first, _second = keyed(made, "1", "2", second=("1", "3"))
    assert [entry.position for entry in queries.differing(made)] == [2]
    assert made.state == BatchState.RETURNED
    with pytest.raises(Conflict, match="somebody else"):
        actions.settle_sheet(made, position=2, line="3", by=first, now=AFTER)
    actions.settle_sheet(made, position=2, line="3", by=staff(of.process.organisation), now=AFTER)
    made.refresh_from_db()
    assert made.state == BatchState.KEYED
    assert [keying.line_of(entry) for entry in queries.readings(made)] == ["1", "3"]


def test_void_for_two_reasons_differs_and_for_the_same_one_does_not():
    made = batch(vote())
    for _each in range(2):
        hand_out(made)
    keyed(made, "u", "m", second=("u", "x"))
    assert [entry.position for entry in queries.differing(made)] == [2]


def test_a_difference_is_explained_before_a_batch_is_settled():
    of = vote()
    made, manager = batch(of), staff(of.process.organisation)
    for _each in range(2):
        hand_out(made)
    keyed(made, "1")
    sealed(of)
    numbers = queries.reconciled(made)
    assert (numbers.issued, numbers.keyed, numbers.void, numbers.missing, numbers.surplus) == (2, 1, 0, 1, 0)
    with pytest.raises(Conflict, match="explain"):
        actions.settle(made, by=manager, now=AFTER)
    of.process.organisation.languages = ["fr", "nl"]
    of.process.organisation.save()
    with pytest.raises(Invalid, match="every language"):
        actions.explain(made, remark={"fr": "Un électeur a gardé le sien."}, by=manager, now=AFTER)
    said = {"fr": "Un électeur a gardé le sien.", "nl": "Een kiezer hield het zijne."}
    actions.explain(made, remark=said, by=manager, now=AFTER)
    actions.settle(made, by=manager, now=AFTER)
    assert list(queries.unsettled(of)) == []
    with pytest.raises(Conflict):
        actions.settle(made, by=manager, now=AFTER)


def test_the_database_refuses_an_unexplained_difference():
    made = batch(vote())
    made.state, made.settled_at, made.issued, made.returned = BatchState.SETTLED, AFTER, 2, 1
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_a_reading_begun_again_leaves_its_reason():
    made = batch(vote())
    hand_out(made)
    keyed(made, "1")
    actions.begin_again(made, reading=1, reason="The pile fell", by=staff(made.vote.process.organisation), now=AFTER)
    made.refresh_from_db()
    assert (made.state, made.entries.count()) == (BatchState.RETURNED, 1)
    assert Entry.objects.get(event="paper.reading_begun_again").details["reason"] == "The pile fell"


def test_a_correction_of_ones_own_sheet_replaces_it():
    made = batch(vote())
    for _each in range(2):
        hand_out(made)
    reader = staff(made.vote.process.organisation)
    actions.take_in(made, returned=2, by=reader, now=AFTER)
    for line in ("1", "2"):
        actions.key_sheet(made, reading=1, position=1, line=line, by=reader, now=AFTER)
    assert keying.line_of(made.entries.get()) == "2"
    with pytest.raises(Conflict, match="in the meantime"):
        actions.key_sheet(made, reading=1, position=3, line="1", by=reader, now=AFTER)


@pytest.mark.parametrize(
    ("method", "settings", "line", "choices"),
    [
        (Method.APPROVAL, {}, "3 1", ["1", "3"]),
        (Method.SINGLE, {}, "02", ["2"]),
        (Method.RANKING, {"count": Count.BORDA}, "3 1 2", ["3", "1", "2"]),
        (Method.POINTS, {}, "1=3 2*7", {"1": 3, "2": 7}),
        (Method.SCORE, {}, "1/5 2:0", {"1": 5, "2": 0}),
        (Method.YES_NO, {"count": Count.MAJORITY}, "1+ 2-", {"1": "yes", "2": "no", "3": "abstain"}),
    ],
)
def test_a_line_of_every_method_becomes_the_content_that_the_page_makes(method, settings, line, choices):
    of = vote(method=method, **settings)
    options = queries.options_of(of)
    read = keying.read(of, line, options, [], None)
    assert read.content == {"kind": method, "choices": choices}
    again = keying.line_of(PaperEntry(content=dict(read.content)))
    assert keying.read(of, again, options, [], None) == read


@pytest.mark.parametrize(
    ("settings", "line", "why"),
    [
        ({"max_choices": 1}, "1 2", Void.TOO_MANY),
        ({"blank_allowed": False}, "0", Void.TOO_FEW),
        ({"costs": (6_000_000, 6_000_000)}, "1 2", Void.OVER_BUDGET),
        ({}, "m", Void.MARKED),
    ],
)
def test_what_breaks_the_rule_is_void_with_its_reason(settings, line, why):
    of = vote(**settings)
    read = keying.read(of, line, queries.options_of(of), [], None)
    assert (read.content, read.void) == (None, why)


@pytest.mark.parametrize("line", ["", "9", "1 1", "1,2", "-1", "1=2", "one"])
def test_what_no_sheet_can_say_is_refused(line):
    of = vote()
    with pytest.raises(Invalid):
        keying.read(of, line, queries.options_of(of), [], None)


# --- on a shared device -----------------------------------------------------------------------------------------------------


def test_a_code_opens_one_ballot_once():
    of = vote()
    clerk = staff(of.process.organisation)
    code = actions.let_vote(of, guest=queries.guest_with_number(CARD), by=clerk, now=NOW)
    done = actions.cast_at_counter(of, code, content=content(of, 2), now=NOW)
    assert done.ballot.channel == Channel.COUNTER
    assert not CounterPass.objects.exists()
    with pytest.raises(NotFound):
        actions.cast_at_counter(of, code, content=content(of, 1), now=NOW)


def test_a_code_is_over_after_twenty_minutes_and_more_can_be_asked():
    of = vote()
    code = actions.let_vote(of, guest=Guest(resident()), by=staff(of.process.organisation), now=NOW)
    later = NOW + actions.counter.PASS_LIFE
    with pytest.raises(NotFound):
        actions.pass_at(of, code, now=later)
    actions.give_time(actions.pass_at(of, code, now=NOW), now=later)
    assert actions.pass_at(of, code, now=later)


def test_who_votes_at_a_counter_replaces_what_they_cast_online():
    of, person = vote(), resident()
    cast(of, person, 1)
    code = actions.let_vote(of, guest=Guest(person), by=staff(of.process.organisation), now=NOW)
    assert actions.cast_at_counter(of, code, content=content(of, 2), now=NOW).replaced
    assert Ballot.objects.get(vote=of).content["choices"] == ["2"]


def test_paper_handed_out_after_the_code_wins():
    of, person = vote(), resident()
    code = actions.let_vote(of, guest=Guest(person), by=staff(of.process.organisation), now=NOW)
    hand_out(batch(of), Guest(person))
    with pytest.raises(HasPaperBallot):
        actions.cast_at_counter(of, code, content=content(of, 2), now=NOW)
    with pytest.raises(AlreadyVoted):
        actions.let_vote(of, guest=Guest(person), by=staff(of.process.organisation), now=NOW)


def test_a_card_served_at_a_counter_and_an_account_proved_later_leave_one_ballot():
    of, person = vote(), resident()
    cast(of, person, 1)
    code = actions.let_vote(of, guest=queries.guest_with_number(CARD), by=staff(of.process.organisation), now=NOW)
    actions.cast_at_counter(of, code, content=content(of, 2), now=NOW)
    assert Ballot.objects.filter(vote=of).count() == 2
    Identity.objects.create(person=person, method="oidc", mark=identities.of_national_number(CARD), verified_at=NOW)
    sealed(of)
    assert [ballot.content["choices"] for ballot in SealedBallot.objects.filter(vote=of)] == [["2"]]


def test_a_card_and_an_account_proved_one_are_one_as_soon_as_they_vote_again():
    of, person = vote(), resident()
    cast(of, person, 1)
    code = actions.let_vote(of, guest=queries.guest_with_number(CARD), by=staff(of.process.organisation), now=NOW)
    actions.cast_at_counter(of, code, content=content(of, 2), now=NOW)
    Identity.objects.create(person=person, method="oidc", mark=identities.of_national_number(CARD), verified_at=NOW)
    assert cast(of, person, 3).replaced
    assert (Voter.objects.filter(vote=of).count(), Ballot.objects.get(vote=of).content["choices"]) == (1, ["3"])


def test_staff_of_another_house_serve_nobody():
    of = vote()
    made = batch(of)
    stranger = staff(vote().process.organisation)
    with pytest.raises(NotAllowed):
        actions.hand_out(made, guest=Guest(resident()), by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        actions.let_vote(of, guest=Guest(resident()), by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        actions.take_in(made, returned=0, by=stranger, now=AFTER)


def test_a_printed_ballot_says_how_many_crosses_count_and_speaks_of_no_page():
    said = printing.how(vote(costs=(100, 200), max_choices=2, basket=True))
    assert "at most 2: with more the ballot does not count" in said[0]
    assert not any("page" in sentence for sentence in said)
    assert "every option that you choose." in printing.how(vote())[0]
