"""Ideas by the words in them, as quick for a word that three of a million ideas have as for one that half of them have.

PostgreSQL does not know how rare a word is. Asked for a page of a list, it would walk the list's order and read each idea until the page is
full: soon done for a common word, and the whole table for a rare one. So it is asked first whether few ideas have the words: then these are
looked up and sorted; of more, the order is walked, which soon meets enough of them.
"""

import re
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, F, Func, QuerySet

from zenne.core.languages import LANGUAGES, current
from zenne.core.memory import Remembered

from ..models import Idea
from .counting import MOST_FOUND, Count, seen_in

LONGEST_SEARCH = 200
FEW = 5_000
"""From here on, of a million ideas, walking an order meets a page sooner than looking all of them up: about 30 ms for either."""
_numbers: Remembered[int] = Remembered()
_few: Remembered[bool] = Remembered(60.0)  # either way finds the same: an old answer costs time and nothing else


def searched(ideas: QuerySet[Idea], text: str) -> QuerySet[Idea]:
    """Those whose words match, stemmed as in the page's language, in the others, and letter for letter; accents never matter.

    The operators are those people know: "exact words", or, -without. Asks the database once how many there are, up to `FEW`.
    """
    found, keys, asked = _found(ideas, text)
    if asked is None:
        return ideas.none()
    if _few.get(asked, lambda: _number(asked, keys) <= FEW):
        return ideas.filter(_IsOneOf(F("pk"), ArraySubquery(keys)))
    return found


def counted_with(ideas: QuerySet[Idea], text: str) -> Count:
    """How many ideas have the words; not asked again where `searched` asked a moment ago."""
    _ideas, keys, asked = _found(ideas, text)
    if asked is None:
        return Count(0)
    number = _numbers.get(asked, lambda: seen_in(keys, MOST_FOUND + 1))
    return Count(min(number, MOST_FOUND), number > MOST_FOUND)


def _found(ideas: QuerySet[Idea], text: str) -> "tuple[QuerySet[Idea], QuerySet[Idea, Any], str | None]":
    """The ideas with the words, their keys, and these as one question: None where something else that was asked for leaves nothing to search in."""
    words = " ".join(text.replace("\x00", " ").split())[:LONGEST_SEARCH]
    found = ideas.filter(search=search_query(words))
    keys = found.order_by().values("pk")
    try:
        return found, keys, str(keys.query)
    except EmptyResultSet:
        return found, keys, None


def _number(asked: str, keys: "QuerySet[Idea, Any]") -> int:
    number = seen_in(keys, FEW + 1)
    _numbers.get(asked, lambda: number)
    return number


class _IsOneOf(Func):
    """Keys in an array: PostgreSQL makes the array first, expects it to be short, and so fetches its rows instead of walking an order."""

    arg_joiner = " = any("
    template = "%(expressions)s)"
    output_field = BooleanField()


def search_query(words: str) -> SearchQueryCombinable:
    # With a "-without", a second reading of the words would bring back what the first one left out.
    languages = (
        (current(),)
        if re.search(r"(^|\s)-\w", words)
        else (current(), *(code for code in LANGUAGES if code != current()))
    )
    query: SearchQueryCombinable = SearchQuery(words, config=f"zenne_{languages[0]}", search_type="websearch")
    for configuration in (*languages[1:], *(() if len(languages) == 1 else ("any",))):
        query = query | SearchQuery(words, config=f"zenne_{configuration}", search_type="websearch")
    return query
