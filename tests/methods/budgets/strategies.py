"""Small elections with many ties: few amounts, few points, many like ballots."""

from hypothesis import strategies as st

from zenne.methods.budgets import Instance, Project

PROJECTS = "abcdefg"


@st.composite
def cities(draw, *, most_points=1, projects=6, voters=9):
    ids = PROJECTS[: draw(st.integers(1, projects))]
    cost = st.one_of(st.sampled_from([100, 200, 300, 400, 600, 1200]), st.integers(0, 1500))
    listed = tuple(Project(one, draw(cost)) for one in ids)
    ballot = st.dictionaries(st.sampled_from(ids), st.integers(1, most_points))
    ballots = draw(st.lists(ballot, min_size=1, max_size=voters))
    return Instance(listed, draw(st.one_of(st.sampled_from([600, 900, 1200, 2400]), st.integers(0, 4000)))), ballots
