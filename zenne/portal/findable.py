"""How the editorial pages are found by the one search box."""

from datetime import datetime

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import current
from zenne.core.search import Hit, Source, findable

from .models import EditorialPage

MOST_WORDS = 8


def find(words: str, organisation_id: int | None, now: datetime, limit: int) -> list[Hit]:
    """Pages in the language of the page that say all the words, those with a word in the title first.

    They are the platform's own, so they are found on every organisation's host name.
    """
    said = Func(
        Value(" "), F("title"), F("lead"), Cast("body", TextField()), function="concat_ws", output_field=TextField()
    )
    found = EditorialPage.objects.live().public().filter(locale__language_code=current())
    for word in words.split()[:MOST_WORDS]:
        found = found.alias(said=_plain(said)).filter(said__contains=_plain(Value(word)))
    hits = sorted(
        found.select_related("locale").order_by("path")[: 2 * limit], key=lambda page: not _named(page, words)
    )
    return [Hit(page.title, page.url, page.lead, page.locale.language_code) for page in hits[:limit]]


def _plain(words: object) -> Func:
    """Lower case without accents, as the database spells it on both sides of a comparison."""
    return Func(words, function="sort_key", output_field=TextField())


def _named(page: EditorialPage, words: str) -> bool:
    return any(word.lower() in page.title.lower() for word in words.split())


findable.register("portal", Source(_("Pages of the platform"), find))
