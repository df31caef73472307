"""The editorial pages, with the Region's name and addresses filled in."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from zenne.core.languages import LANGUAGES

from ..actions import PageText, write_page
from .blocks import body
from .calendar import Calendar
from .reading import City
from .records import Organisation, Page


def write_pages(city: City, calendar: Calendar) -> int:
    """Put every page on its shelves; those that stand already stay as they are. The number of pages written."""
    region = next(each for each in city.organisations if not each.parent)
    written = 0
    for page in city.pages:
        texts = {language: _text(page, language, region) for language in LANGUAGES}
        written += len(write_page(page.slug, texts, now=_moment(page, calendar)))
    return written


def _moment(page: Page, calendar: Calendar) -> datetime:
    return calendar.opening(page.updated)


def _text(page: Page, language: str, region: Organisation) -> PageText:
    names = {
        "organisation": region.name[language],
        "email": region.email,
        "privacy_email": region.privacy_email,
        "address": region.address[language],
        "privacy_contact": region.privacy_contact[language],
    }
    blocks = [
        replace(block, **{name: _filled(value, names) for name, value in vars(block).items()}) for block in page.blocks
    ]
    return PageText(
        title=_filled(page.title[language], names),
        lead=_filled(page.summary[language], names),
        body=body(blocks, language),
    )


def _filled(said: Any, names: dict[str, str]) -> Any:
    """The same with every `{organisation}` replaced, in strings wherever they are."""
    if isinstance(said, str):
        for name, words in names.items():
            said = said.replace(f"{{{name}}}", words)
        return said
    if isinstance(said, dict):
        return {key: _filled(value, names) for key, value in said.items()}
    return [_filled(value, names) for value in said] if isinstance(said, list) else said
