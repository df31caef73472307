"""Written files: what is written is read back the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.elections import NAMES, election
from zenne.methods.pabulib import Election, Project, Vote, VoteType, read, write

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12).map(str.strip)
IDS = st.text("abcXYZ019/._- é", min_size=1, max_size=6).map(str.strip).filter(lambda one: one.strip())


@st.composite
def elections(draw):
    kind = draw(st.sampled_from(VoteType))
    ids = draw(st.lists(IDS, min_size=1, max_size=5, unique=True))
    extra = st.fixed_dictionaries({"name": WORDS, "category": WORDS})
    projects = tuple(Project(one, draw(st.integers(0, 10**9)), draw(extra)) for one in ids)
    unit = draw(st.sampled_from([1, 100])) if kind in (VoteType.CUMULATIVE, VoteType.SCORING) else 1
    votes = []
    for voter in range(draw(st.integers(0, 5))):
        chosen = draw(st.permutations(ids))[: draw(st.integers(0, 1 if kind is VoteType.CHOOSE_1 else len(ids)))]
        points = None
        if kind is VoteType.ORDINAL:
            points = tuple(range(len(chosen), 0, -1))
        elif kind.pointed:
            least = -500 if kind is VoteType.SCORING else 0
            points = tuple(draw(st.integers(least, 500)) for _one in chosen)
        votes.append(Vote(f"v{voter}", tuple(chosen), points, {"note": draw(WORDS)}))
    return Election({"description": draw(WORDS)}, kind, draw(st.integers(0, 10**12)), projects, tuple(votes), 100, unit)


@settings(deadline=None)
@given(elections())
def test_any_election_comes_back_as_it_was(election):
    again = read(write(election))
    assert again.projects == election.projects
    assert (again.vote_type, again.budget, again.unit) == (election.vote_type, election.budget, 100)
    assert again.meta["description"] == election.meta["description"]
    assert [(vote.voter, vote.choices, vote.extra) for vote in again.votes] == [
        (vote.voter, vote.choices, vote.extra) for vote in election.votes
    ]
    for ours, theirs in zip(election.votes, again.votes, strict=True):
        assert [p * again.points_unit for p in ours.points or ()] == [
            p * election.points_unit for p in theirs.points or ()
        ]


@settings(deadline=None)
@given(elections())
def test_writing_what_was_read_gives_the_same_text(election):
    text = write(election)
    assert write(read(text)) == text


@pytest.mark.parametrize(
    "name", [*(name for name in NAMES if not name.endswith(".gz")), "Netherlands_Amsterdam_309.pb.gz"]
)
def test_every_real_file_comes_back_as_it_was(name):
    ours = election(name)
    again = read(write(ours))
    assert (again.meta, again.budget, again.projects) == (ours.meta, ours.budget, ours.projects)
    assert (again.votes.of, again.patterns()) == (ours.votes.of, ours.patterns())
    assert again.votes[:100] == ours.votes[:100]
