"""A vote that a page found a moment ago, and what is shared of the page on which ballots are filled in."""

import re

import pytest

from tests.people.organisations.factories import group
from tests.visitors import signed_in
from zenne.participation.processes.enums import Action
from zenne.participation.processes.models import Activity, Permission, Phase, Process
from zenne.participation.voting import queries
from zenne.participation.voting.enums import Method
from zenne.participation.voting.models import Vote
from zenne.participation.voting.views import filling_in
from zenne.people.access.enums import Level
from zenne.people.organisations.models import Organisation
from zenne.web import shared

from .factories import NOW, cast, district, option, resident, vote


def found(made: Vote) -> Vote:
    again = queries.at(made.process.slug, made.pk)
    assert again is not None
    return again


class TestAsItIs:
    """What a verb takes for the rules of a vote inside its transaction."""

    pytestmark = pytest.mark.django_db

    def test_a_vote_of_which_nothing_was_written_since_is_not_read_again(self, django_assert_num_queries):
        seen = found(vote())
        with django_assert_num_queries(1):
            assert queries.as_it_is(seen) is seen

    def test_a_vote_that_no_page_found_is_read(self):
        made = vote()
        assert queries.as_it_is(made) == made
        assert queries.as_it_is(made) is not made

    @pytest.mark.parametrize(
        "write",
        [
            lambda made: Vote.objects.filter(pk=made.pk).update(max_choices=2),
            lambda made: Activity.objects.filter(pk=made.activity_id).update(closes_at=NOW),
            lambda made: Phase.objects.filter(pk=made.activity.phase_id).update(closes_at=NOW),
            lambda made: Process.objects.filter(pk=made.process.pk).update(title="Autrement"),
            lambda made: Organisation.objects.filter(pk=made.process.organisation_id).update(name="Autre"),
            lambda made: Permission.objects.create(activity=made.activity, action=Action.VOTE, level=Level.VERIFIED),
        ],
        ids=["vote", "activity", "phase", "process", "organisation", "permission"],
    )
    def test_whatever_row_of_its_rules_was_written_since_the_vote_is_read_again(self, write):
        seen = found(vote())
        write(seen)
        now = queries.as_it_is(seen)
        assert now is not seen and now.pk == seen.pk

    def test_permission_that_was_changed_or_taken_away_counts_as_written(self):
        made = vote()
        rule = Permission.objects.create(activity=made.activity, action=Action.VOTE, level=Level.VERIFIED)
        seen = found(made)
        Permission.objects.filter(pk=rule.pk).update(level=Level.CONFIRMED)
        changed = queries.as_it_is(seen)
        assert [each.level for each in changed.activity.permissions.all()] == [Level.CONFIRMED]
        seen = found(made)
        rule.delete()
        assert list(queries.as_it_is(seen).activity.permissions.all()) == []


def opened(person, made: Vote) -> str:
    answer = signed_in(person).get(f"/en/processes/{made.process.slug}/votes/{made.pk}/ballot/")
    assert answer.status_code == 200
    return answer.text


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.django_db(transaction=True)
class TestThePageOfABallot:
    """Its words are made once for all; what a voter chose, in which order they see it and under which code, is theirs."""

    def test_two_voters_share_a_half_and_each_reads_their_own_ballot(self, page_clock, now):
        made, amina, bart = vote(options=6), resident(), resident()
        cast(made, amina, 2, 5)
        pages = [opened(amina, made), opened(bart, made)]
        assert len(shared.halves._kept) == 1
        assert [page.count(" checked>") for page in pages] == [2, 0]
        assert ["Change your ballot" in page for page in pages] == [True, False]
        seeds = [queries.mine(made, each).seed for each in (amina, bart)]
        assert all((seed in page) is (place == at) for at, page in enumerate(pages) for place, seed in enumerate(seeds))

    def test_it_is_the_page_that_would_be_made_for_the_voter_alone(self, page_clock, now, settings):
        made, first, second = vote(costs=(100_00, 200_00, 300_00)), resident(), resident()
        opened(first, made)
        together = opened(second, made)
        settings.PAGE_CACHE = False
        assert without_tokens(opened(second, made)) == without_tokens(together)

    def test_each_group_of_options_has_a_half_of_its_own(self, page_clock, now):
        made = vote(options=0, districts_mode="one", method=Method.APPROVAL)
        for number in (1, 2):
            option(made, number, district=district(made, number))
        voters = [resident(), resident()]
        for number, each in enumerate(voters, 1):
            cast(made, each, number, district=made.districts.get(number=number))
        pages = [opened(each, made) for each in voters]  # one address: each comes back to the group they voted in
        assert ["Choice 1" in page for page in pages] == [True, False]
        assert ["Choice 2" in page for page in pages] == [False, True]
        assert len(shared.halves._kept) == 2

    def test_somebody_who_may_not_vote_gets_no_ballot_from_memory(self, page_clock, now):
        made, voter, other = vote(), resident(), resident()
        council = group(made.process.organisation)
        council.members.add(voter)
        Permission.objects.create(activity=made.activity, action=Action.VOTE, level=Level.GROUP, group=council)
        opened(voter, made)
        client = signed_in(other)
        answer = client.get(f"/en/processes/{made.process.slug}/votes/{made.pk}/ballot/")
        assert answer.status_code == 403 and "<zenne-ballot" not in answer.text

    def test_nobody_has_a_ballot_to_fill_in(self, rf):
        with pytest.raises(AttributeError, match="laid"):
            filling_in._options(rf.get("/"))
