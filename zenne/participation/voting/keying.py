"""A paper ballot as it is keyed in: one line of numbers and Enter. From the line to a content that counts, or to the reason why it does not.

    approval  1 4 7          single  4             ranking  4 1 2 (the best first)
    points    1=3 4=7        score   1=5 4=0       yes_no   1+ 4- (what is not named: nothing said)
    0         blank          u  it cannot be read   m  marked   x  not a ballot of this vote

All of it is on a number pad: `*` and `/` do for `=`. Too many choices or too much money is found here, not by whoever keys.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zenne.core.errors import Invalid as Unreadable

from . import filling
from .enums import Invalid, Method
from .models import District, Option, PaperEntry, Vote

BLANK = "0"
LETTERS: dict[str, Invalid] = {"u": Invalid.UNREADABLE, "m": Invalid.MARKED, "x": Invalid.NOT_OURS}
PLAIN = re.compile(r"[0-9]{1,5}")
PAIR = re.compile(r"([0-9]{1,5})[=:*/]([0-9]{1,5})")
SIGNED = re.compile(r"([0-9]{1,5})([+\-yn])")
LONGEST = 2000


@dataclass(frozen=True)
class Reading:
    """What one person read on a sheet: a content, or why it does not count."""

    content: Mapping[str, Any] | None
    void: str = ""
    line: str = ""


def read(
    vote: Vote, line: str, options: Collection[Option], districts: Iterable[District], district: District | None
) -> Reading:
    """The reading of a line. `options` are those printed on the sheet. Raises Invalid for what no sheet can say."""
    line = line.strip().lower()
    if not line or len(line) > LONGEST:
        raise Unreadable(_("Type what is on the sheet; 0 for a blank one."))
    if line in LETTERS:
        return Reading(None, LETTERS[line], line)
    if line == BLANK:
        content: Mapping[str, Any] = filling.blank(vote)
    else:
        content = filling.content(vote, options, _given(Method(vote.method), line.split(), options))
    faults = filling.faults(vote, content, options, districts, district)
    return Reading(None, faults[0].code, " ".join(line.split())) if faults else Reading(content)


def _given(method: Method, words: list[str], options: Collection[Option]) -> dict[str, str]:
    """What stands on the line for each option, as a form would say it."""
    known = {option.key for option in options}
    given: dict[str, str] = {}
    for rank, word in enumerate(words, 1):
        key, value = _part(method, word, rank)
        if key not in known:
            raise Unreadable(_("There is no option %(number)s on this ballot.") % {"number": key})
        if key in given:
            raise Unreadable(_("Option %(number)s stands there twice.") % {"number": key})
        given[key] = value
    return given


def _part(method: Method, word: str, rank: int) -> tuple[str, str]:
    if method in (Method.POINTS, Method.SCORE):
        if found := PAIR.fullmatch(word):
            return _number(found[1]), _number(found[2])
        raise Unreadable(_("“%(word)s”: write the option, =, and its number, as in 4=3.") % {"word": word})
    if method == Method.YES_NO:
        if found := SIGNED.fullmatch(word):
            return _number(found[1]), filling.YES if found[2] in "+y" else filling.NO
        raise Unreadable(_("“%(word)s”: write the option and + for yes, - for no, as in 4+.") % {"word": word})
    if PLAIN.fullmatch(word):
        return _number(word), str(rank)
    raise Unreadable(_("“%(word)s”: write numbers of options, with a space between them.") % {"word": word})


def _number(digits: str) -> str:
    return digits.lstrip("0") or "0"


def line_of(entry: PaperEntry) -> str:
    """An entry as it would be keyed, in one spelling; one that does not count as it was."""
    if entry.void:
        return entry.line
    choices = entry.content["choices"]
    if choices is None:
        return BLANK
    method = entry.content["kind"]
    if method in (Method.POINTS, Method.SCORE):
        return " ".join(f"{key}={choices[key]}" for key in sorted(choices, key=int))
    if method == Method.YES_NO:
        said = ((key, choices[key]) for key in sorted(choices, key=int))
        return " ".join(f"{key}{'+' if word == filling.YES else '-'}" for key, word in said if word != filling.ABSTAIN)
    return " ".join(choices if method == Method.RANKING else sorted(choices, key=int))


def typed(entry: PaperEntry) -> list[str]:
    """What was typed for a sheet that does not count, where its reason alone would not tell."""
    return [entry.line] if entry.void and entry.line and entry.line not in LETTERS else []


def said(entry: PaperEntry, titles: Mapping[str, str]) -> list[str]:
    """An entry in words, to be read back: one line for each option it says something about."""
    if entry.void:
        return [_("Invalid: %(reason)s") % {"reason": Invalid(entry.void).label}]
    choices = entry.content["choices"]
    if choices is None:
        return [_("Blank")]
    if entry.content["kind"] == Method.RANKING:
        return [f"{rank}. {key} – {titles.get(key, '')}" for rank, key in enumerate(choices, 1)]
    if isinstance(choices, list):
        return [f"{key} – {titles.get(key, '')}" for key in sorted(choices, key=int)]
    words = {filling.YES: _("yes"), filling.NO: _("no")}
    return [
        f"{key} – {titles.get(key, '')}: {words.get(value, value)}"
        for key, value in sorted(choices.items(), key=lambda pair: int(pair[0]))
        if value != filling.ABSTAIN
    ]
