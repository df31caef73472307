"""The reads worth a name."""

from .calls import in_its_call
from .clock import answers_of, days_without_answer, is_late, late, unanswered
from .counting import MOST, MOST_FOUND, Count, Figures, counted, figures_among, figures_of
from .lineage import before_hiding, lineage_of, open_merge_of, questions_for
from .listing import Filters, for_cards, hidden, listed
from .paging import Page, door_of, page_of, start_at
from .personal import abandoned_drafts, drafts_of, ideas_of, supported_by, voice_of, voices_of
from .places import Pin, pins
from .searching import counted_with, searched
from .similar import similar
from .staff import inbox, manageable

__all__ = [
    "MOST",
    "MOST_FOUND",
    "Count",
    "Figures",
    "Filters",
    "Page",
    "Pin",
    "abandoned_drafts",
    "answers_of",
    "before_hiding",
    "counted",
    "counted_with",
    "days_without_answer",
    "door_of",
    "drafts_of",
    "figures_among",
    "figures_of",
    "for_cards",
    "hidden",
    "ideas_of",
    "in_its_call",
    "inbox",
    "is_late",
    "late",
    "lineage_of",
    "listed",
    "manageable",
    "open_merge_of",
    "page_of",
    "pins",
    "questions_for",
    "searched",
    "similar",
    "start_at",
    "supported_by",
    "unanswered",
    "voice_of",
    "voices_of",
]
