"""Ideas that say something like it: shown while somebody types, so that two neighbours find each other before they write the same twice."""

import re
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable, SearchRank
from django.db.models import F, FloatField, Func, Q, TextField, Value
from django.db.models.functions import Greatest

from zenne.core.languages import LANGUAGES
from zenne.participation.processes.models import Process

from ..models import Idea

MOST_WORDS = 12
CANDIDATES = 300
LIKE = 0.1
TELLING = re.compile(r"[^\W\d_]{4,}")


def similar(
    title: str, text: str, process: Process, *, language: str = "", most: int = 5, besides: int | None = None
) -> list[Idea]:
    """Up to `most` public ideas of the process that are like this one, the likest first: by the letters of the title and by shared words."""
    title = " ".join(title.replace("\x00", "").split())[:200]
    words = _telling_words(f"{title} {text[:1500]}")
    if not words:
        return []
    ideas = Idea.objects.filter(process=process, listed=True)
    if besides is not None:
        ideas = ideas.exclude(pk=besides)
    plain = Func(Value(title), function="sort_key", output_field=TextField())
    own = Func(F("title"), function="sort_key", output_field=TextField())
    query = _any_of(words, language)
    candidates = (
        ideas.alias(own=own)
        .filter(Q(own__trigram_similar=plain) | Q(search=query))
        .order_by("shuffle", "id")
        .values("pk")
    )
    likeness = Greatest(
        Func(own, plain, function="similarity", output_field=FloatField()),
        SearchRank(F("search"), query, weights=[0.05, 0.15, 0.2, 0.9], normalization=32),
        output_field=FloatField(),
    )
    found = Idea.objects.filter(pk__in=candidates[:CANDIDATES]).annotate(likeness=likeness).filter(likeness__gte=LIKE)
    return list(
        found.select_related("theme", "author").defer("search").order_by("-likeness", "-support_count", "-pk")[:most]
    )


def _telling_words(text: str) -> list[str]:
    """The first different words of four letters or more; what is shorter says little in any of our languages."""
    return list(dict.fromkeys(word.lower() for word in TELLING.findall(text)))[:MOST_WORDS]


def _any_of(words: list[str], language: str) -> SearchQueryCombinable:
    configurations = [language] if language in LANGUAGES else list(LANGUAGES)
    every = [
        SearchQuery(word, config=f"zenne_{name}", search_type="plain") for name in configurations for word in words
    ]
    return reduce(or_, every)
