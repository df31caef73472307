"""A vote as pages show it: questions are answered here once, not in templates."""

from .ballots import Order, grouped_code, lines, ordered, purses
from .cards import Card, card, cards, given_by, ground, pins, sections, to_choose
from .paper import PAPER_HEADS, paper
from .paying import payments
from .paying import purses as paying
from .results import district_map, lists
from .standing import annulment, closing, in_words, offered, said, standing
from .turnout import budget, turnout_bars

__all__ = [
    "PAPER_HEADS",
    "Card",
    "Order",
    "annulment",
    "budget",
    "card",
    "cards",
    "closing",
    "district_map",
    "given_by",
    "ground",
    "grouped_code",
    "in_words",
    "lines",
    "lists",
    "offered",
    "ordered",
    "paper",
    "paying",
    "payments",
    "pins",
    "purses",
    "said",
    "sections",
    "standing",
    "to_choose",
    "turnout_bars",
]
