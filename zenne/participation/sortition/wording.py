"""What the design assistant, the reading of a file and the computation say to staff, in plain words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zenne.core.languages import current
from zenne.web.tags.words import grouped

from .models import Category, Feature
from .planning import Doubt

Names = Mapping[tuple[str, str], str]


# What may be wrong with a design, by the code of the assistant's doubt.
DOUBTS = {
    "one-group": gettext_lazy("“%(category)s” has fewer than two groups: it needs at least two to mean anything."),
    "minima-above-size": gettext_lazy(
        "“%(category)s”: the smallest numbers add up to %(sum)s, but there are %(size)s seats. Nobody can meet that."
    ),
    "maxima-below-size": gettext_lazy(
        "“%(category)s”: the largest numbers add up to %(sum)s, but there are %(size)s seats. Some would stay empty."
    ),
    "shares-off": gettext_lazy("“%(category)s”: the shares add up to %(sum)s %%, not 100."),
    "few-can-meet": gettext_lazy(
        "“%(group)s” (%(category)s): about %(yes)s people are likely to say yes, for %(seats)s seats kept at least. Send more letters to this group, or keep fewer seats."
    ),
    "less-than-a-seat": gettext_lazy(
        "“%(group)s” (%(category)s) makes up less than one seat of the panel, but has %(seats)s kept at least."
    ),
    "nobody-allowed": gettext_lazy("“%(group)s” (%(category)s) lives here, but may not have a single seat."),
    "pool-below-size": gettext_lazy(
        "About %(yes)s people are likely to say yes, for %(size)s seats: too few to draw from. Send more letters."
    ),
    "pool-small": gettext_lazy(
        "About %(yes)s people are likely to say yes, for %(size)s seats. With so few, odds become unequal and quotas hard to meet: eight for each seat are better."
    ),
    "too-many-kinds": gettext_lazy(
        "Together the categories make %(kinds)s kinds of people, and about %(yes)s people are likely to say yes: most kinds will be nobody. Take fewer categories, or fewer groups."
    ),
    "many-categories": gettext_lazy(
        "%(categories)s categories are many: each one makes the odds less equal. Three to five are usual."
    ),
    "more-letters-than-people": gettext_lazy("More letters than the area has inhabitants (%(people)s)."),
}


def doubt(one: Doubt, names: Names) -> str:
    """A warning. `names` are those of groups by (category, group), and of categories by (category, "")."""
    given: dict[str, object] = {
        **one.figures,
        "category": names.get((one.category, ""), one.category),
        "group": names.get((one.category, one.group), one.group),
    }
    return str(DOUBTS[one.code]) % given


def fault(found: Mapping[str, Any]) -> str:
    """What is wrong at one place of a file; its line and column stand beside it."""
    value = found["value"]
    given = {"value": value}
    words: dict[str, Callable[[], str]] = {
        "not-readable": lambda: _(
            "This file cannot be read: it is neither text with columns (csv) nor a workbook (xlsx)."
        ),
        "no-header": lambda: _("The first line must name the columns."),
        "column-twice": lambda: _("Two columns have this name."),
        "no-column": lambda: (
            _("This column is missing. One of these names is understood: %(value)s") % given
            if value
            else _("This column is missing.")
        ),
        "no-lines": lambda: _("There is no letter in this file."),
        "too-many-lines": lambda: _("The file has more than %(value)s letters.") % given,
        "cells": lambda: _("The line does not have as many cells as there are columns (%(value)s).") % given,
        "formula": lambda: (
            _(
                "A formula stands here (%(value)s), and not what comes out of it. Open the file in a spreadsheet program, save it there, and give it again."
            )
            % given
        ),
        "empty": lambda: _("Nothing stands here."),
        "too-long": lambda: _("This is longer than %(value)s signs.") % given,
        "unknown-language": lambda: _("“%(value)s” is no language of this platform.") % given,
        "unknown-value": lambda: _("“%(value)s” is none of the groups.") % given,
        "no-date": lambda: _("“%(value)s” is no date and no year of birth.") % given,
        "age-outside": lambda: _("No group takes somebody of %(value)s years.") % given,
        "twice": lambda: _("This person, at this address, stands on line %(value)s already.") % given,
        "unreadable": lambda: _(
            "The file could not be worked through. Try again; if it happens again, ask whoever runs the platform."
        ),
    }
    return words[found["code"]]()


def kept(words: Mapping[str, str] | str) -> str:
    """What the worker wrote down in every language, in that of the page; a check made by an older version has one."""
    return words if isinstance(words, str) else words.get(current(), "")


def change(category: Category, feature: Feature, minimum: int, maximum: int) -> str:
    """A quota as it is, and as it would be."""
    return _("%(category)s, %(group)s: from %(old)s to %(new)s seats") % {
        "category": category,
        "group": feature,
        "old": seats(feature.minimum, feature.maximum),
        "new": seats(min(minimum, feature.minimum), max(maximum, feature.maximum)),
    }


def seats(minimum: int, maximum: int) -> str:
    return f"{minimum}" if minimum == maximum else f"{minimum}–{maximum}"


def stage(name: str) -> str:
    """What the computation is at."""
    return {
        "levels": _("finding how equal the odds can be"),
        "panels": _("looking for panels that meet the quotas"),
        "mixture": _("weighing the panels against each other"),
        "raising": _("raising the smallest odds"),
        "draws": _("drawing many times over"),
    }.get(name, name)


def mailing(letters: int, pool: int) -> str:
    return ngettext(
        "%(letters)s letter is likely to bring about %(pool)s people into the pool.",
        "%(letters)s letters are likely to bring about %(pool)s people into the pool.",
        letters,
    ) % {"letters": grouped(letters), "pool": grouped(pool)}
