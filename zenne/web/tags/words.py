"""Filters for words, amounts and moments, as people in Brussels write them in each language."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.dates import MONTHS
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from zenne.core.clock import in_brussels
from zenne.core.languages import current

register = template.Library()

NBSP, THIN, MINUS = "\u00a0", "\u202f", "\u2212"
_THOUSANDS = {"fr": THIN, "nl": ".", "en": ","}
DECIMAL = {"fr": ",", "nl": ",", "en": "."}
_BEFORE_SIGN = re.compile(r"[ \u00a0\u202f]+([?!:;»%€])")
_AFTER_QUOTE = re.compile(r"«[ \u00a0\u202f]*")
_IN_AMOUNT = re.compile(r"(?<=€) (?=\d)|(?<=\d) (?=\d{3}(?!\d))")


@register.filter
def amount(cents: int | None) -> str:
    """Cents as euros: `85 000 €` in French, `€ 85.000` in Dutch, `€85,000` in English; cents only where there are some."""
    return _amount(cents, full=False)


@register.filter
def full_amount(cents: int | None) -> str:
    """The same with cents always, for columns that are added up: `€85,000.00`."""
    return _amount(cents, full=True)


def _amount(cents: int | None, *, full: bool) -> str:
    if cents is None:
        return ""
    language = current()
    euros, rest = divmod(abs(int(cents)), 100)
    figure = grouped(euros) + (f"{DECIMAL[language]}{rest:02}" if rest or full else "")
    sign = MINUS if cents < 0 else ""
    return {"fr": f"{sign}{figure}{NBSP}€", "nl": f"€{NBSP}{sign}{figure}"}.get(language, f"{sign}€{figure}")


@register.filter
def file_size(size: int | None) -> str:
    """Bytes as people see them on their own screen: `1,1 Mo`, `1,1 MB`, `12 kB`."""
    if size is None:
        return ""
    unit = "o" if current() == "fr" else "B"
    if size < 950_000:
        return f"{max(1, round(size / 1000))}{NBSP}k{unit}"
    return f"{size / 1_000_000:.1f}".replace(".", DECIMAL[current()]) + f"{NBSP}M{unit}"


@register.filter
def grouped(number: int | None) -> str:
    """`3872` as `3 872`, `3.872` or `3,872`."""
    if number is None:
        return ""
    return f"{int(number):,}".replace(",", _THOUSANDS.get(current(), ","))


@register.filter(is_safe=True, needs_autoescape=True)
@stringfilter
def typographic(text: str, autoescape: bool = True) -> SafeString:
    """No line ends inside an amount: `€ 75.000`, `75 000`. French puts a space that never breaks before `? ! : ;` and inside « » as well."""
    safe = _IN_AMOUNT.sub(NBSP, conditional_escape(text) if autoescape else text)
    if current() == "fr":
        safe = _AFTER_QUOTE.sub(f"«{NBSP}", _BEFORE_SIGN.sub(rf"{NBSP}\1", safe))
    return mark_safe(safe)  # noqa: S308 - escaped above; only spaces were changed


@register.filter
@stringfilter
def excerpt(text: str, most: int = 180) -> str:
    """The beginning of a text on one line, ending with a whole word and, where something is left out, with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0].rstrip(',.;:«(–-')}…"


@register.filter
def day(value: date | datetime | None, now: datetime | None = None) -> str:
    """`3 mars 2026`; given `now`, the year is left out when it is this year's: `{{ phase.opens_at|day:request.now }}`."""
    if not value:
        return ""
    place = _local(value)
    words = f"{_ordinal(place.day)}{NBSP}{MONTHS[place.month]}"
    return words if now and _local(now).year == place.year else f"{words}{NBSP}{place.year}"


@register.filter
def moment(value: datetime | None, now: datetime | None = None) -> str:
    """`12 mei 2026 om 14:30`, Brussels time."""
    if not value:
        return ""
    # Translators: a day and a time of day, "12 May 2026 at 14:30"
    return gettext("%(day)s at %(time)s") % {"day": day(value, now), "time": clock_time(value)}


@register.filter
def clock_time(value: datetime | None) -> str:
    """`14:30`; in French `14h30`."""
    if not value:
        return ""
    local = in_brussels(value)
    return f"{local.hour}h{local.minute:02}" if current() == "fr" else f"{local.hour}:{local.minute:02}"


@register.filter
def said_in(words: str, language: str) -> str:
    """Words in a language of their own, such as the title of an idea, for a tag that takes words: marked where the page speaks another (WCAG 3.1.2)."""
    return words if not words or language == current() else format_html('<span lang="{}">{}</span>', language, words)


@register.filter
def since(value: datetime | None, now: datetime) -> str:
    """How long ago, in the one largest unit: `3 days ago`. Always given its `now`."""
    if not value:
        return ""
    seconds = max(0, int((now - value).total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes < 1:
        return gettext("just now")
    if hours < 1:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    if days < 1:
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    if days < 31:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    if days < 365:
        months = days // 30
        return ngettext("%(count)d month ago", "%(count)d months ago", months) % {"count": months}
    years = days // 365
    return ngettext("%(count)d year ago", "%(count)d years ago", years) % {"count": years}


@register.filter
def iso(value: date | datetime | None) -> str:
    """For `<time datetime>`."""
    return value.isoformat() if value else ""


def _local(value: date | datetime) -> Any:
    return in_brussels(value) if isinstance(value, datetime) else value


def _ordinal(number: int) -> str:
    return "1er" if number == 1 and current() == "fr" else str(number)
