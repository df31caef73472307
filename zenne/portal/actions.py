from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from wagtail.models import Locale, Page, Site

from zenne.core.languages import DEFAULT, LANGUAGES

from .models import EditorialPage, Shelf


@dataclass(frozen=True)
class PageText:
    """A page in one language; `body` is a StreamField's raw data: [{"type": "paragraph", "value": "<p>…</p>"}, …]."""

    title: str
    lead: str
    body: Sequence[Mapping[str, Any]]


@transaction.atomic
def set_up_shelves() -> dict[str, Shelf]:
    """One shelf a language, translations of each other; the site begins at the default one. Run again, it changes nothing."""
    root = Page.get_first_root_node()
    made: dict[str, Shelf] = {}
    key = uuid4()
    for language in (DEFAULT, *(code for code in LANGUAGES if code != DEFAULT)):
        locale, _new = Locale.objects.get_or_create(language_code=language)
        shelf = Shelf.objects.filter(locale=locale).first()
        if shelf is None:
            shelf = root.add_child(
                instance=Shelf(title=language.upper(), slug=language, locale=locale, translation_key=key)
            )
        key = shelf.translation_key
        made[language] = shelf
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id != made[DEFAULT].page_ptr_id:
        site.hostname, site.site_name, site.root_page = "localhost", "Zenne", made[DEFAULT].page_ptr
        site.save()
    Page.objects.filter(depth=2, slug="home").exclude(pk__in=[shelf.pk for shelf in made.values()]).delete()
    return made


@transaction.atomic
def write_page(slug: str, texts: Mapping[str, PageText], *, now: datetime) -> list[EditorialPage]:
    """Put a page on the shelf of each of its languages, unless it stands there already: what staff changed is never overwritten."""
    shelves = set_up_shelves()
    known = EditorialPage.objects.filter(slug=slug).first()
    key = known.translation_key if known else uuid4()
    written = []
    for language, text in texts.items():
        shelf = shelves[language]
        if EditorialPage.objects.child_of(shelf).filter(slug=slug).exists():
            continue
        page = EditorialPage(
            title=text.title,
            slug=slug,
            lead=text.lead,
            locale=shelf.locale,
            translation_key=key,
            first_published_at=now,
            last_published_at=now,
        )
        page.body = list(text.body)  # StreamField takes its raw data on the instance
        written.append(shelf.add_child(instance=page))
    return written
