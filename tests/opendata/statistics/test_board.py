"""The numbers of a process and of an organisation, from what people really did."""

from datetime import timedelta

import pytest

from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import NOW
from zenne.opendata.statistics import queries
from zenne.opendata.statistics.enums import Period
from zenne.opendata.statistics.kinds import Scope
from zenne.participation.ideas.actions import support

pytestmark = pytest.mark.django_db


def test_board_of_a_process_with_an_idea_counts_it():
    call = ideas.call()
    idea = ideas.idea(call)
    support(idea, by=ideas.resident("Bob"), now=NOW + timedelta(hours=1))
    board = queries.board(Scope.process(call.process.pk), Period.ALL, now=NOW + timedelta(days=1))
    assert {total.key: total.number for total in board.totals}["ideas"] == 1
