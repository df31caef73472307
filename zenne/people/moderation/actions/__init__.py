"""The verbs. Keyword-only, `by=` says who, `now=` says when; one transaction each."""

from .appealing import appeal, judge
from .blocking import block, lift
from .deciding import claim, decide, keep_all, note_decision, release
from .meeting import know, meet
from .receiving import drop, must_wait, report, submitted
from .ruling import save_rule

__all__ = [
    "appeal",
    "block",
    "claim",
    "decide",
    "drop",
    "judge",
    "keep_all",
    "know",
    "lift",
    "meet",
    "must_wait",
    "note_decision",
    "release",
    "report",
    "save_rule",
    "submitted",
]
