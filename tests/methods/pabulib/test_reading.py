"""Pabulib files: what is read from them, and what is said of one that breaks the format."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zenne.methods.pabulib import Malformed, VoteType, read

GOOD = """META
key;value
description;Budget participatif, Jette
num_projects;3
num_votes;4
budget;1656699.67
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;votes;name;selected
park;600000.5;3;"Park ""Laarbeek""; second part";1
pool;1000000;2;Swimming pool;0
path;1;1;Path;1
VOTES
voter_id;vote;age
a;park,pool;34
b;park;
c;;51
d;path,park,pool;18
"""


def changed(old, new, text=GOOD):
    assert old in text
    return text.replace(old, new, 1)


def test_costs_are_whole_cents_and_no_digit_is_lost():
    election = read(GOOD)
    assert (election.budget, election.unit) == (165669967, 100)
    assert [project.cost for project in election.projects] == [60000050, 100000000, 100]


def test_amounts_finer_than_cents_make_the_unit_finer():
    election = read(changed("path;1;", "path;1.125;"))
    assert (election.unit, election.projects[2].cost, election.budget) == (1000, 1125, 1656699670)


def test_a_million_with_a_decimal_comma_is_a_million():
    assert read(changed("1656699.67", "1656699,67")).budget == 165669967


def test_every_key_and_column_is_kept():
    election = read(GOOD)
    assert election.meta["description"] == "Budget participatif, Jette"
    assert election.projects[0].extra == {"votes": "3", "name": 'Park "Laarbeek"; second part', "selected": "1"}
    assert election.votes[0].extra == {"age": "34"}
    assert election.official == {"park", "path"}


def test_votes_keep_their_order_and_a_blank_one_is_empty():
    votes = read(GOOD).votes
    assert [vote.choices for vote in votes] == [("park", "pool"), ("park",), (), ("path", "park", "pool")]
    assert votes[3].voter == "d"
    assert [vote.voter for vote in votes[1:3]] == ["b", "c"]


def test_like_votes_are_counted_together():
    text = changed("num_votes;4", "num_votes;5") + "e;park,pool;70\n"
    patterns = read(text).patterns()
    assert (list(patterns.copies), list(patterns.lengths)) == ([2, 1, 1, 1], [2, 1, 0, 3])


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_byte_order_mark_and_windows_lines_change_nothing(before, end):
    assert read(before + GOOD.encode().replace(b"\n", end)).votes == read(GOOD).votes


@pytest.mark.parametrize("separator", [",", "\t"])
def test_other_separators_are_known_by_the_first_header(separator):
    rows = GOOD.replace('"Park ""Laarbeek""; second part"', "Park").replace("participatif, Jette", "Jette")
    cells = [[f'"{cell}"' if separator in cell else cell for cell in row.split(";")] for row in rows.splitlines()]
    assert read("\n".join(separator.join(row) for row in cells)).votes == read(GOOD).votes


def test_section_names_may_be_small_and_followed_by_empty_cells():
    assert read(GOOD.replace("PROJECTS\n", "projects;;;;\n").replace("META", "Meta")).votes == read(GOOD).votes


def test_cumulative_votes_have_points():
    text = GOOD.replace("approval", "cumulative").replace("voter_id;vote;age", "voter_id;vote;points")
    text = (
        text.replace("park,pool;34", "park,pool;3,1")
        .replace("b;park;", "b;park;2.5")
        .replace("c;;51", "c;;")
        .replace(";18", ";1,0,2")
    )
    election = read(text)
    assert election.vote_type is VoteType.CUMULATIVE
    assert election.points_unit == 10
    assert [vote.points for vote in election.votes] == [(30, 10), (25,), (), (10, 0, 20)]


def test_scores_may_be_negative_but_points_may_not():
    text = GOOD.replace("voter_id;vote;age", "voter_id;vote;points").replace("park,pool;34", "park,pool;3,-1")
    text = text.replace("b;park;", "b;park;2").replace("c;;51", "c;;").replace(";18", ";1,0,2")
    assert read(text.replace("approval", "scoring")).votes[0].points == (3, -1)
    with pytest.raises(Malformed, match=r"line 16: negative points: -1"):
        read(text.replace("approval", "cumulative"))


def test_rankings_get_the_points_of_their_places():
    election = read(GOOD.replace("approval", "ordinal"))
    assert [vote.points for vote in election.votes] == [(2, 1), (1,), (), (3, 2, 1)]


BROKEN = {
    "nothing at all": ("", 1, "section META is missing"),
    "a section missing": (GOOD.split("VOTES")[0], 14, "section VOTES is missing"),
    "a section twice": (GOOD + "VOTES\n", 20, "section VOTES is there twice"),
    "sections out of order": (GOOD.replace("META", "VOTES", 1), 1, "section VOTES is out of order: META, PROJECTS, VOTES"),
    "words before META": ("hello\n" + GOOD, 1, "the file does not begin with META"),
    "no budget": (changed("budget;1656699.67\n", ""), 2, "META does not say budget"),
    "budget empty": (changed("1656699.67", ""), 6, "META does not say budget"),
    "budget in words": (changed("1656699.67", "a lot"), 6, "'a lot' is no number"),
    "budget below zero": (changed("1656699.67", "-5"), 6, "the budget is negative: -5"),
    "budget that is no number": (changed("1656699.67", "nan"), 6, "'nan' is no number"),
    "cost with thousands": (changed("pool;1000000", "pool;1,000,000"), 12, "'1,000,000' can be read in two ways"),
    "cost below zero": (changed("pool;1000000", "pool;-1"), 12, "the cost of project 'pool' is negative: -1"),
    "cost missing": (changed("pool;1000000", "pool;"), 12, "'' is no number"),
    "cost beyond measure": (changed("pool;1000000", f"pool;{10**25}"), 12, "has too many digits"),
    "no vote type": (changed("vote_type;approval\n", ""), 1, "META does not say vote_type"),
    "unknown vote type": (changed(";approval", ";guess"), 7, "vote_type 'guess' is not one of approval, choose-1"),
    "key twice": (changed("rule;greedy", "budget;5"), 8, "key 'budget' is there twice"),
    "no column for costs": (changed("project_id;cost", "project_id;price"), 10, "PROJECTS has no column 'cost'"),
    "column twice": (changed("votes;name", "name;name"), 10, "PROJECTS has the column 'name' twice"),
    "project twice": (changed("pool;", "park;"), 12, "project 'park' is there twice"),
    "project without id": (changed("pool;", ";"), 12, "a project has no id"),
    "project id with a comma": (changed("pool;", "po,ol;"), 12, "project id 'po,ol' has a comma"),
    "row too short": (changed("b;park;", "b;park"), 17, "2 fields, but the header of VOTES names 3"),
    "row too long": (changed("b;park;", "b;park;;x"), 17, "4 fields, but the header of VOTES names only 3"),
    "vote for nothing known": (changed("b;park", "b;tram"), 17, "vote for 'tram', which is no project"),
    "vote with an empty place": (changed("park,pool;34", "park,,pool;34"), 16, "an id in the vote is empty"),
    "vote twice for one": (changed("park,pool;34", "park,park;34"), 16, "the vote names project 'park' twice"),
    "voter twice": (changed("b;park", "a;park"), 17, "voter 'a' has voted on line 16 already"),
    "vote of nobody": (changed("b;park", ";park"), 17, "a vote has no voter_id"),
    "two choices of one": (changed(";approval", ";choose-1"), 16, "2 projects in a vote of type choose-1"),
    "points without column": (changed(";approval", ";cumulative"), 15, "VOTES has no column 'points'"),
    "count of votes": (changed("num_votes;4", "num_votes;7"), 5, "num_votes says '7', but from line 15 there are 4"),
    "count of projects": (changed("num_projects;3", "num_projects;2"), 4, "num_projects says '2', but from line 10 there are 3"),
    "quote not closed": (changed("Swimming pool", '"Swimming pool'), 12, "a quoted field is not closed"),
    "default score": (changed("rule;greedy", "default_score;2"), 8, "a default_score other than 0 is not supported"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_malformed_file_is_refused_with_the_line_and_the_reason(case):
    text, line, reason = BROKEN[case]
    with pytest.raises(Malformed) as fault:
        read(text)
    assert (fault.value.line, reason in fault.value.reason) == (line, True), str(fault.value)


def test_line_is_counted_where_quoted_fields_have_several():
    text = changed("Swimming pool", '"Swimming\npool"')
    with pytest.raises(Malformed, match="line 18: vote for 'tram'"):
        read(changed("b;park", "b;tram", text))


def test_bytes_that_are_no_utf8_are_refused_with_their_line():
    with pytest.raises(Malformed, match="line 12: not UTF-8: byte 0xe9"):
        read(changed("Swimming", "Natation libre é", GOOD).encode("latin-1"))


def test_points_that_do_not_match_the_choices_are_refused():
    text = GOOD.replace("approval", "scoring").replace("voter_id;vote;age", "voter_id;vote;points")
    with pytest.raises(Malformed, match="line 16: 2 projects but 1 points"):
        read(text)


@settings(deadline=None)
@given(st.data())
def test_damaged_file_is_read_or_refused_with_a_line_that_exists(data):
    """Bytes lost, doubled or changed anywhere."""
    content = bytearray(GOOD.encode())
    for _damage in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        to = min(len(content), at + data.draw(st.integers(0, 30)))
        content[at:to] = data.draw(
            st.one_of(st.binary(max_size=5), st.just(bytes(content[at:to] * 2)), st.just(b'"'), st.just(b"\n"))
        )
    try:
        read(bytes(content))
    except Malformed as fault:
        assert 1 <= fault.line <= content.count(b"\n") + content.count(b"\r") + 1
