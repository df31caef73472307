"""How public meetings are found by the one search box: by title, words, place; those to come first."""

from datetime import datetime

from django.db.models import Case, Func, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Concat, Extract
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import DEFAULT, LANGUAGES, shown
from zenne.core.search import Hit, Source, asked, findable
from zenne.web.tags.words import excerpt

from . import queries, showing
from .models import Meeting


def _key(words: Combinable) -> Func:
    return Func(words, function="sort_key", output_field=TextField())


def _said() -> Concat:
    """Everything a meeting says, in every language."""
    parts: list[Combinable] = []
    for field in ("title", "text", "venue"):
        parts += [Coalesce(field, Value(""), output_field=TextField()), Value(" ")]
        for code in LANGUAGES:
            if code != DEFAULT:
                parts += [Coalesce(KT(f"i18n__{field}_{code}"), Value(""), output_field=TextField()), Value(" ")]
    return Concat(*parts, "address", output_field=TextField())


def _rows(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Meeting]:
    """Public meetings that say every word; first those to come, the soonest first, then those past, the latest first."""
    far = Extract("starts_at", "epoch")
    coming = Q(ends_at__gt=now)
    found = queries.public().alias(said=_key(_said())).annotate(over=Case(When(coming, then=0), default=1))
    if organisation_id:
        found = found.filter(process__organisation=organisation_id)
    for word in asked(words):
        found = found.filter(said__contains=_key(Value(word)))
    found = found.order_by("over", Case(When(coming, then=far), default=-far), "id")
    return found if asked(words) else found.none()


def _hit(meeting: Meeting, now: datetime) -> Hit:
    title, language = shown(meeting, "title")
    text = shown(meeting, "text")[0]
    return Hit(
        title or str(meeting),
        meeting.get_absolute_url(),
        excerpt(text, 160),
        language,
        note=f"{showing.long_day(meeting)} · {shown(meeting.process, 'title')[0]}",
    )


findable.register("meetings", Source(_("Meetings"), _rows, _hit))
