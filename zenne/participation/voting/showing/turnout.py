"""How many have voted."""

from typing import Any

from zenne.web.tags.words import grouped

from ..counting import funding
from ..enums import Channel
from ..models import District, Vote
from ..queries import Turnout

HUES = 10


def turnout_bars(vote: Vote, counted: Turnout, districts: list[District]) -> dict[str, list[dict[str, Any]]]:
    """Rows for the charts of the turnout page; of groups only where everybody votes in one of them."""
    channels = [
        {
            "label": str(channel.label),
            "value": counted.by_channel[channel],
            "text": grouped(counted.by_channel[channel]),
        }
        for channel in Channel
    ]
    numbers = [(district, counted.by_district.get(district.number, 0)) for district in districts if vote.splits_voters]
    by_district = [
        {"label": str(district), "value": count, "category": index % HUES + 1, "text": grouped(count)}
        for index, (district, count) in enumerate(numbers)
    ]
    return {"channels": channels, "districts": by_district}


def budget(vote: Vote, districts: list[District]) -> int:
    """All the money of a vote, in cents, as it is counted: its own, or that of its groups of options together."""
    return sum(cents for _district, cents in funding.purses(vote, districts))
