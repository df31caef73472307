"""How the editorial pages are found by the one search box."""

from datetime import datetime

from django.db.models import Case, F, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import current
from zenne.core.search import Hit, Source, asked, findable

from .models import EditorialPage


def _rows(words: str, organisation_id: int | None, now: datetime) -> QuerySet[EditorialPage]:
    """Pages in the language of the page that say all the words, those with a word in the title first.

    They are the platform's own, so they are found on every organisation's host name.
    """
    if not asked(words):
        return EditorialPage.objects.none()
    said = Func(
        Value(" "), F("title"), F("lead"), Cast("body", TextField()), function="concat_ws", output_field=TextField()
    )
    found = EditorialPage.objects.live().public().filter(locale__language_code=current())
    named = Q()
    for word in asked(words):
        found = found.alias(said=_plain(said)).filter(said__contains=_plain(Value(word)))
        named |= Q(title__icontains=word)
    return found.select_related("locale").order_by(Case(When(named, then=0), default=1), "path")


def _plain(words: object) -> Func:
    """Lower case without accents, as the database spells it on both sides of a comparison."""
    return Func(words, function="sort_key", output_field=TextField())


def _hit(page: EditorialPage, now: datetime) -> Hit:
    return Hit(page.title, page.url, page.lead, page.locale.language_code)


findable.register("portal", Source(_("Pages of the platform"), _rows, _hit))
