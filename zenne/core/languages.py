"""Text in several languages, as staff write it and residents read it.

Fields that staff translate use modeltrans: one JSONB column `i18n` beside the field, which itself holds the default language.
What residents write is never translated in place: it keeps its own `language`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language, get_language_info, override

LANGUAGES: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)
DEFAULT: str = settings.LANGUAGE_CODE


def current() -> str:
    """The language of the page being made, always one of LANGUAGES."""
    language = (get_language() or DEFAULT).split("-")[0]
    return language if language in LANGUAGES else DEFAULT


def language_name(code: str) -> str:
    """How a language is called on the page being made: `français` on a French one, `French` on an English one."""
    return str(get_language_info(code)["name_translated"])


def attribute(field: str, language: str) -> str:
    """The attribute that holds `field` in `language`, with no fallback: `title_nl`."""
    return f"{field}_{language}"


def text_in(thing: Model, field: str, language: str) -> str:
    """What `field` says in exactly this language; empty when it says nothing."""
    own = thing.__dict__
    if field in own and "i18n" in own:  # where modeltrans looks too, after asking the row for all it was read without
        said = own[field] if language == DEFAULT else (own["i18n"] or {}).get(attribute(field, language))
    else:
        said = getattr(thing, attribute(field, language), None)
    return said or ""


def shown(thing: Model, field: str, preferred: Sequence[str] = ()) -> tuple[str, str]:
    """The text to show and the language it is in: the page's language first, then `preferred`, then any that has words."""
    for language in dict.fromkeys((current(), *preferred, DEFAULT, *LANGUAGES)):
        if text := text_in(thing, field, language):
            return text, language
    return "", current()


def said(thing: Model, field: str) -> dict[str, str]:
    """What `field` says, by language; one in which it says nothing is not there."""
    return {language: text for language in LANGUAGES if (text := text_in(thing, field, language))}


def say(thing: Model, field: str, words: Mapping[str, str] | None) -> None:
    """Put what `field` says in every language, without the spaces around it; a language that `words` lacks is emptied."""
    for language in LANGUAGES:
        setattr(thing, attribute(field, language), ((words or {}).get(language) or "").strip())


def missing(thing: Model, fields: Iterable[str], languages: Iterable[str]) -> list[tuple[str, str]]:
    """The (field, language) pairs that are still empty, in reading order. A promise is kept when this is empty."""
    wanted = tuple(languages)
    return [(field, language) for field in fields for language in wanted if not text_in(thing, field, language).strip()]


def in_every_language(words: Callable[[], str]) -> dict[str, str]:
    """What `words()` says in each language of the platform, for a text that is kept now and read later by others."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = words()
    return said
