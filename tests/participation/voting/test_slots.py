"""What votes add to the pages of others: a process, an idea, the numbers; and what they tell a person of themselves."""

import pytest

from zenne.opendata.statistics.kinds import Scope, measures
from zenne.participation.voting import actions
from zenne.people.accounts.personal_data import personal_data

from .factories import NOW, cast, resident, sealed, vote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_the_page_of_a_process_tells_of_its_vote(client_for):
    open_vote = vote()
    cast(open_vote)
    page = client_for(None).get(f"/en/processes/{open_vote.process.slug}/").content.decode()
    assert f"/votes/{open_vote.pk}/ballot/" in page and "1 voter" in page


def test_who_has_voted_reads_it_there(client_for):
    open_vote, person = vote(), resident()
    cast(open_vote, person)
    assert "You have voted." in client_for(person).get(f"/en/processes/{open_vote.process.slug}/").content.decode()


def test_an_idea_tells_on_which_ballot_it_stands_once_it_is_open(client_for, ideas_to_vote_on):
    open_vote, ideas = ideas_to_vote_on
    address = f"/en{ideas[0].get_absolute_url()[3:]}"
    assert "On the ballot" not in client_for(None).get(address).content.decode()
    cast(open_vote)
    actions.put_on_ballot(now=NOW)
    page = client_for(None).get(address).content.decode()
    assert "On the ballot" in page and f"/votes/{open_vote.pk}/#option-1" in page


def test_ballots_come_into_the_numbers_when_their_box_is_sealed():
    open_vote = vote()
    cast(open_vote)
    counted = measures["ballots"].rows(Scope.process(open_vote.process.pk))
    assert counted.count() == 0
    sealed(open_vote)
    assert counted.count() == 1


def test_the_archive_of_a_person_says_that_they_voted_and_never_for_what():
    open_vote, person = vote(), resident()
    cast(open_vote, person, 3)
    export = personal_data["voting"].export
    assert export(person) == {"voted_in_open_votes": [{"vote": open_vote.pk, "channel": "online"}]}
    assert export(resident()) == {"voted_in_open_votes": []}
    sealed(open_vote)
    assert export(person) == {"voted_in_open_votes": []}
