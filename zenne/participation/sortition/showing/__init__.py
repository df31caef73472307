"""What the pages show of lotteries: where one stands, its quotas beside its pool, its draws."""

from .draws import chance, files, histogram, lots, odds_words, own_odds, plain
from .quotas import Group, Quota, quotas, seats_words
from .standing import Standing, annulment, closing, draw_standing, standing, stops

__all__ = [
    "Group",
    "Quota",
    "Standing",
    "annulment",
    "chance",
    "closing",
    "draw_standing",
    "files",
    "histogram",
    "lots",
    "odds_words",
    "own_odds",
    "plain",
    "quotas",
    "seats_words",
    "standing",
    "stops",
]
