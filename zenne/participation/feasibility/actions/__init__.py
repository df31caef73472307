"""The verbs. Keyword-only, `by=` says who, `now=` says when; one transaction each."""

from .answering import Finding, adapt, answer, begin
from .listing import Line, lines, publish_list
from .sending import change_feasibility, recall, remind_due, send

__all__ = [
    "Finding",
    "Line",
    "adapt",
    "answer",
    "begin",
    "change_feasibility",
    "lines",
    "publish_list",
    "recall",
    "remind_due",
    "send",
]
