"""Which language somebody writes in, guessed among ours. The page shows the guess and the writer may correct it."""

from functools import cache
from typing import Any

from .languages import LANGUAGES

ENOUGH = 20
"""Characters below which a guess would be a coin toss."""


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - slow import, for the few that write

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect(text: str, otherwise: str) -> str:
    """The language of `text`, one of LANGUAGES; `otherwise` where there is too little to tell."""
    words = " ".join(text.split())
    if len(words) < ENOUGH:
        return otherwise
    language, _score = _identifier().classify(words)
    return str(language)
