"""Guessing which of the house's languages somebody wrote in. A guess only: the form shows it, and the author corrects it."""

from functools import cache

import py3langid

from zenne.core.languages import LANGUAGES, current

ENOUGH = 12  # below as many letters a guess says less than the language of the page


@cache
def _identifier() -> py3langid.langid.LanguageIdentifier:
    identifier = py3langid.langid.LanguageIdentifier.from_model_file(py3langid.langid.MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detected(text: str) -> str:
    """The most likely language of `text`; the page's own when there is too little to go by."""
    words = " ".join(text.split())
    if sum(character.isalpha() for character in words) < ENOUGH:
        return current()
    language, _score = _identifier().classify(words)
    return str(language)
