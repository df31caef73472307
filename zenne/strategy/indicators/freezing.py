"""What an indicator is, word for word: the text that is frozen and hashed."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zenne.core.languages import LANGUAGES, attribute, said, text_in
from zenne.people.accounts.models import Person

from . import expressions
from .models import Definition, Indicator

WORDS = ("name", "meaning", "source")
PLAIN = (
    "slug",
    "nature",
    "unit",
    "direction",
    "frequency",
    "evidence",
    "expression",
    "series",
    "series_of",
    "source_url",
)
NUMBERS = ("least", "most", "tolerance")


def number(value: Decimal | None) -> str | None:
    """Always the same text for the same number."""
    return None if value is None else f"{value.normalize():f}"


def content(indicator: Indicator) -> dict[str, Any]:
    """Everything that could be bent afterwards; of what it is computed from, the checksums."""
    found: dict[str, Any] = {name: getattr(indicator, name) for name in PLAIN}
    found |= {name: number(getattr(indicator, name)) for name in NUMBERS}
    for field in WORDS:
        found[field] = said(indicator, field)
    found["organisation"] = indicator.organisation.slug
    found["baseline"] = (
        {
            "value": number(indicator.baseline_value),
            "on": _day(indicator.baseline_on),
            "evidence": indicator.baseline_evidence,
        }
        if indicator.baseline_on
        else None
    )
    found["levels"] = [
        {"value": level.value, **{code: text for code in LANGUAGES if (text := text_in(level, "words", code))}}
        for level in indicator.levels.order_by("value")
    ]
    found["targets"] = [
        {"day": _day(target.day), "value": number(target.value)} for target in indicator.targets.order_by("day")
    ]
    found["inputs"] = {each.slug: known for each in expressions.inputs(indicator).values() if (known := checksum(each))}
    return found


def canonical(indicator: Indicator) -> str:
    return json.dumps(content(indicator), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def current(indicator: Indicator) -> Definition | None:
    """The definition that holds."""
    return indicator.definitions.order_by("-number").first()


def checksum(indicator: Indicator) -> str | None:
    found = current(indicator)
    return found.sha256 if found else None


def write(indicator: Indicator, because: dict[str, str], by: Person | None, now: datetime) -> Definition:
    """The definition as it is now, unless it is frozen like that already: then that one."""
    text, last = canonical(indicator), current(indicator)
    found = digest(text)
    if last is not None and last.sha256 == found:
        return last
    made = Definition(
        indicator=indicator,
        number=last.number + 1 if last else 1,
        canonical=text,
        sha256=found,
        frozen_at=now,
        frozen_by=by,
    )
    for language in LANGUAGES:
        setattr(made, attribute("because", language), because.get(language, ""))
    made.save()
    return made


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
