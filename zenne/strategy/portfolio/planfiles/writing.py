"""What bringing in a file needs everywhere: texts as attributes, whether a row says something else, and the count of what happened."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from zenne.core.languages import LANGUAGES, attribute

from .records import Texts

NEW, CHANGED, SAME = "new", "changed", "same"
ONE_OF = {"bodies": "body"}
"""What one of a kind is called, where it is not its name without the last letter."""


@dataclass
class Summary:
    """How many rows of each kind were new, changed and the same, and each that was not the same."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def note(self, kind: str, key: str, *outcomes: str) -> None:
        self.counts.setdefault(kind, Counter()).update(outcomes)
        self.lines += [
            f"{outcome} {ONE_OF.get(kind, kind.removesuffix('s'))}: {key}" for outcome in outcomes if outcome != SAME
        ]

    @property
    def totals(self) -> dict[str, int]:
        """Over all kinds."""
        return {outcome: sum(each[outcome] for each in self.counts.values()) for outcome in (NEW, CHANGED, SAME)}


def worded(**fields: Texts | None) -> dict[str, Any]:
    """Texts as the attributes of a row: `name_fr`, `name_nl`, …"""
    return {
        attribute(name, language): (words or {}).get(language, "")
        for name, words in fields.items()
        for language in LANGUAGES
    }


def differs(row: Model, values: Mapping[str, Any]) -> bool:
    """Whether a row says something else; empty and nothing are the same, nought is not."""
    return any(_plain(getattr(row, name)) != _plain(value) for name, value in values.items())


def _plain(value: Any) -> Any:
    return None if value == "" else value
