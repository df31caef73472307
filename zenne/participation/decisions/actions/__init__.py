"""The verbs. Keyword-only, `by=` says who, `now=` says when; one transaction each."""

from .deciding import discard, edit_decision, prepare, publish, rule
from .following import add_milestone, change_milestone, finish_milestone, promise, set_state

__all__ = [
    "add_milestone",
    "change_milestone",
    "discard",
    "edit_decision",
    "finish_milestone",
    "prepare",
    "promise",
    "publish",
    "rule",
    "set_state",
]
