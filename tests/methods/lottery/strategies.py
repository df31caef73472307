"""Small pools with few values, so that equals, tight quotas, impossible people and infeasible instances all come often."""

from hypothesis import strategies as st

from zenne.methods.lottery import Entry, Instance, Quota

VALUES = {"age": ("old", "young"), "place": ("east", "north", "west"), "tongue": ("fr", "nl")}


@st.composite
def instances(draw, *, most=9, homes=True, quotas_met=True):
    """Quotas around a panel that exists, unless `quotas_met` is false."""
    number = draw(st.integers(3, most))
    categories = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=3, unique=True))
    people = [
        Entry(
            f"p{at}",
            {category: draw(st.sampled_from(VALUES[category])) for category in categories},
            draw(st.sampled_from(["", "", "a", "b"])) if homes else "",
        )
        for at in range(number)
    ]
    size = draw(st.integers(1, number - 1))
    limit = draw(st.sampled_from([None, 1, 2])) if homes else None
    panel = draw(st.permutations(people))[:size]
    quotas = []
    for category in categories:
        for value in VALUES[category]:
            held = sum(one.features[category] == value for one in panel)
            if not quotas_met:
                held = draw(st.integers(0, size))
            low, high = draw(st.integers(0, 1)), draw(st.integers(0, 1))
            quotas.append(Quota(category, value, max(0, held - low), held + high))
    return Instance(tuple(people), tuple(quotas), size, per_address=limit)
