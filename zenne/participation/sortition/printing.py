"""Letters as PDF, a hundred or so at a time: one sheet for each person, a language on either side, the slip to post back at its foot.

The address stands where the window of an envelope is. A letter folded into a C5/6 envelope moves in it by 15 mm up and down and by 19 mm sideways, a flat one in C4 by 27 and 19
mm: what is given here (mm from the edges of the sheet) is the part that is seen wherever the letter lies. bpost asks for 15 mm free on the right of an address and 30 mm under
the window; what lies left of 93 mm, such as the code, is never seen from outside.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from zenne.core.clock import MIDNIGHT, in_brussels
from zenne.core.languages import shown
from zenne.participation.reporting import press
from zenne.participation.reporting.look import logo_of, look_of
from zenne.web.tags.words import day, grouped, moment

from . import codes, queries
from .enums import Envelope, Known, PrintingKind
from .models import Category, Invitation, Lottery, Mailing

LAYOUT = Path(__file__).parent / "letter.typ"
SIDES = ("fr", "nl")
#: For who holds the side that is not theirs: each in the language it speaks of.
OTHER_SIDE = {"fr": "Nederlands op de keerzijde", "nl": "Français au verso"}
BATCH = 100
MOST_LINES = 5
DIGITS = 5


@dataclass(frozen=True)
class Window:
    """What is seen of a sheet through the window, in mm from its upper edge."""

    top: int
    height: int


WINDOWS = {Envelope.C56: Window(45, 25), Envelope.C4: Window(55, 23)}


def set_letters(lottery: Lottery, letters: Iterable[Invitation], *, kind: str, now: datetime) -> bytes:
    """The PDF of some letters; of those that are not destroyed. About a second of work and 190 MB, given back, for each hundred."""
    categories = queries.categories(lottery)
    return _set(lottery, categories, [_letter(lottery, categories, each) for each in letters], kind=kind, now=now)


def specimen(lottery: Lottery, *, kind: str, now: datetime) -> bytes:
    """One letter to nobody, with the window drawn around the address: to be tried in its envelope."""
    with override(SIDES[0]):
        lines = [_("Specimen"), "Rue de l’Exemple – Voorbeeldstraat 1 bte 2", "1000 Bruxelles – Brussel"]
    categories = queries.categories(lottery)
    letter = _plain(lottery, "0" * DIGITS, "00000-00000", SIDES[0], lines, [each.key for each in categories])
    return _set(lottery, categories, [letter], kind=kind, now=now, specimen=True)


def short_address(lottery: Lottery, language: str, code: str = "") -> str:
    """Where one answers, as short as it gets; with the code for what is scanned."""
    with override(language):
        path = reverse("sortition:short", args=[lottery.pk])
    return f"{settings.BASE_URL}{path}" + (f"?code={code.replace('-', '')}" if code else "")


def mailing_of(lottery: Lottery) -> Mailing:
    return Mailing.objects.filter(lottery=lottery).first() or Mailing(lottery=lottery)


def _set(
    lottery: Lottery,
    categories: list[Category],
    letters: list[dict[str, object]],
    *,
    kind: str,
    now: datetime,
    specimen: bool = False,
) -> bytes:
    organisation = lottery.process.organisation
    mailing = mailing_of(lottery)
    window = WINDOWS[Envelope(mailing.envelope)]
    asked = [category for category in categories if _is_asked(category.key, letters)]
    given = {
        "title": str(lottery),
        "organisation": str(organisation),
        "look": look_of(organisation.brand, organisation.accent),
        "window": {"top": window.top, "height": window.height},
        "specimen": specimen,
        "sides": {side: _words(lottery, mailing, asked, side, kind, now) for side in SIDES},
        "letters": letters,
    }
    pictures = {"logo.png": logo} if (logo := logo_of(organisation)) else {}
    return press.printed(LAYOUT, given, pictures=pictures, moment=int(now.timestamp()))


def _letter(lottery: Lottery, categories: list[Category], invitation: Invitation) -> dict[str, object]:
    lines = [invitation.name, *invitation.address.splitlines()]
    asked = [
        category.key
        for category in categories
        if category.known == Known.ANSWER or category.key not in invitation.features
    ]
    number = f"{invitation.number:0{DIGITS}d}"
    return _plain(lottery, number, codes.code_of(invitation), invitation.language, lines, asked)


def _plain(
    lottery: Lottery, number: str, code: str, language: str, lines: Sequence[str], asked: list[str]
) -> dict[str, object]:
    return {
        "number": number,
        "code": code,
        "language": language if language in SIDES else SIDES[0],
        "lines": [line.strip() for line in lines if line.strip()][:MOST_LINES],
        "asks": asked,
        **{f"qr-{side}": _square(short_address(lottery, side, code)) for side in SIDES},
    }


def _is_asked(key: str, letters: list[dict[str, object]]) -> bool:
    return any(key in letter["asks"] for letter in letters)  # type: ignore[operator]


def _last_moment(until: datetime) -> str:
    """The last day; where answers close during a day, with the hour."""
    ends_with_the_day = in_brussels(until).time() == MIDNIGHT
    return day(until - timedelta(microseconds=1)) if ends_with_the_day else moment(until)


def _words(
    lottery: Lottery, mailing: Mailing, asked: list[Category], side: str, kind: str, now: datetime
) -> dict[str, object]:
    """One side of the sheet, in its language. What staff wrote is shown in that language or, where it lacks, in another one."""
    assert lottery.answer_until is not None  # no letter is made before the rule says until when
    with override(side):
        organisation = shown(lottery.process.organisation, "name")[0]
        hours, desk = shown(mailing, "hours")[0], shown(mailing, "desk")[0]
        last = _last_moment(lottery.answer_until)
        questions = [
            {
                "key": category.key,
                "label": shown(category, "name")[0] or category.key,
                "choices": [shown(feature, "name")[0] or feature.key for feature in category.features.all()],
            }
            for category in asked
        ]
        return {
            "organisation": organisation,
            "heading": _("You have been drawn by lot")
            if kind == PrintingKind.LETTERS
            else _("We have not had your answer yet"),
            "sender": _sender(lottery, organisation, hours),
            "dated": day(now),
            "number": _("Letter no."),
            "paragraphs": _paragraphs(lottery, organisation, side, kind),
            "ways": _ways(lottery, side, hours, desk),
            "scan": _("Square code that opens the page where you answer"),
            "your-code": _("Your code"),
            "answer-by": _("Answer by %(day)s at the latest. One code, one answer.") % {"day": last},
            "signed": shown(lottery, "signed_by")[0],
            "privacy": _privacy(lottery),
            "cut": _("cut here"),
            "slip": _("My answer"),
            "yes": _("Yes, I want to be in the draw."),
            "no": _("No, thank you."),
            "send-back": _("To be posted to"),
            "return-lines": lottery.reply_to.splitlines() or [organisation],
            "if-yes": _("If yes, tick one box on each line and write how we can reach you:"),
            "questions": questions,
            "name": _("Name"),
            "telephone": _("Phone"),
            "email": _("E-mail"),
            "date-signature": _("Date and signature"),
            "consent": _(
                "By signing I agree that these answers are kept for this draw until the panel has ended, and then deleted."
            ),
            "other-side": OTHER_SIDE[side],
            "english": f"English: {short_address(lottery, 'en').split('://')[1]}",
        }


def _sender(lottery: Lottery, organisation: str, hours: str) -> list[str]:
    lines = lottery.reply_to.splitlines()
    name = [] if lines and lines[0].strip() == organisation else [organisation]
    return [*name, *lines, *([lottery.phone] if lottery.phone else []), *([hours] if hours else [])][:7]


def _paragraphs(lottery: Lottery, organisation: str, side: str, kind: str) -> list[str]:
    count = Invitation.objects.filter(lottery=lottery).count() or lottery.letters or 0
    title = shown(lottery.activity, "title")[0]
    said = [part.strip() for part in shown(lottery, "letter")[0].split("\n\n") if part.strip()]
    many = {"organisation": organisation, "size": lottery.size, "letters": grouped(count), "title": title}
    if kind == PrintingKind.REMINDER:
        first = _(
            "Some time ago you got a letter from us: “%(title)s”. Your name was drawn from the register, among %(letters)s. You can still answer."
        )
    elif count:
        first = _(
            "%(organisation)s brings %(size)d residents together, drawn by lot: “%(title)s”. %(letters)s people get this letter. Their names were drawn from the register."
        )
    else:
        first = _("%(organisation)s brings %(size)d residents together, drawn by lot: “%(title)s”.")
    return [
        first % many,
        *said,
        _(
            "Do you want to take part? Say yes: you are then in the second draw, which is held in public and which anybody can check. "
            "Would you rather not? Say no, and you hear nothing more of us. You need not know anything about the subject, and nobody has to take part."
        ),
    ]


def _ways(lottery: Lottery, side: str, hours: str, desk: str) -> list[dict[str, str]]:
    ways = [
        (
            _("Online:"),
            _("scan the square code, or go to %(address)s and type your code.")
            % {"address": short_address(lottery, side).split("://")[1]},
        )
    ]
    if lottery.phone:
        call = _("call %(phone)s (%(hours)s).") if hours else _("call %(phone)s.")
        ways.append((_("By phone:"), call % {"phone": lottery.phone, "hours": hours}))
    if lottery.reply_to:
        ways.append((_("By post:"), _("cut off the slip, fill it in and post it.")))
    if desk:
        ways.append((_("At the desk:"), desk))
    return [{"how": how, "text": text} for how, text in ways]


def _privacy(lottery: Lottery) -> str:
    kept = _(
        "Your name and address come from the register and serve for this draw only; they are destroyed %(days)d days after it."
    ) % {"days": lottery.keep_days}
    if not lottery.email:
        return kept
    return f"{kept} " + _("Questions, or no wish to be written to again: %(email)s.") % {"email": lottery.email}


def _square(address: str) -> str:
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", scale=1, border=0, xmldecl=False, svgclass=None, lineclass=None
    )
    return drawing.getvalue().decode()
