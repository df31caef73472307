"""Where a vote stands, and what somebody can do there now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from zenne.core.clock import MIDNIGHT, in_brussels
from zenne.core.languages import current
from zenne.people.access.answers import Answer, Reason, Refused, Remedy
from zenne.web.tags.words import day, moment

from ..enums import VoteState
from ..models import Vote

CURABLE = {Remedy.SIGN_IN, Remedy.CONFIRM_EMAIL, Remedy.ANSWER, Remedy.VERIFY}


def offered(answer: Answer) -> bool:
    """Whether to show the button: also to whoever only has to sign in or answer something first."""
    return not isinstance(answer, Refused) or answer.remedy in CURABLE


def said(answer: Answer) -> str:
    """A refusal in words, with the moment it speaks of."""
    if not isinstance(answer, Refused):
        return ""
    details = dict(answer.details)
    if answer.reason == Reason.NOT_SIGNED_IN:
        return _("Sign in first: everybody has one ballot.")
    if answer.reason == Reason.NOT_YET_OPEN and isinstance(details.get("opens_at"), datetime):
        return _("Voting begins on %(moment)s.") % {"moment": moment(details["opens_at"])}
    if answer.reason == Reason.CLOSED and isinstance(details.get("closes_at"), datetime):
        return _("One could vote until %(moment)s.") % {"moment": closing(details["closes_at"])}
    if answer.reason == Reason.TOO_YOUNG and details.get("minimum_age"):
        return _("One votes here from the age of %(age)s.") % {"age": details["minimum_age"]}
    if answer.reason == Reason.OUTSIDE_AREA and details.get("area"):
        return _("This vote is for people who live in %(area)s.") % {"area": details["area"]}
    if answer.reason == Reason.OUTSIDE_AREA:
        return _("This vote is for people who live in one of its districts.")
    return str(answer.message)


def closing(closes_at: datetime | None, now: datetime | None = None) -> str:
    """`21 June 2026 at 16:00`; `21 June 2026 at midnight` for what ends where the 22nd begins, as people say it."""
    if closes_at is None:
        return _("no end")
    if in_brussels(closes_at).time() == MIDNIGHT:
        return _("%(day)s at midnight") % {"day": day(closes_at - timedelta(microseconds=1), now)}
    return moment(closes_at, now)


@dataclass(frozen=True)
class Standing:
    """Where the vote stands, in a badge and a sentence."""

    label: str
    kind: str
    words: str


def standing(vote: Vote, now: datetime) -> Standing:
    opens_at, closes_at = vote.activity.window()
    until = {"moment": closing(closes_at, now), "from": moment(opens_at, now)}
    match vote.state(now):
        case VoteState.PREPARING:
            return Standing(_("Opens soon"), "info", _("You can vote from %(from)s until %(moment)s.") % until)
        case VoteState.OPEN:
            return Standing(_("Open"), "new", _("You can vote until %(moment)s.") % until)
        case VoteState.CLOSING:
            return Standing(
                _("Closed"), "info", _("Voting ended on %(moment)s. The ballot box is being sealed.") % until
            )
        case VoteState.SEALED:
            return Standing(
                _("Closed"), "info", _("Voting ended on %(moment)s. The ballots are being counted.") % until
            )
        case VoteState.COUNTED:
            return Standing(_("Counted"), "ok", _("Voting ended on %(moment)s.") % until)
    return Standing(_("Annulled"), "bad", _("This vote was annulled on %(day)s.") % {"day": day(vote.annulled_at, now)})


def annulment(vote: Vote) -> str:
    """Why it was annulled, in the language of the page or another one."""
    return in_words(vote.annulment)


def in_words(said: Mapping[str, str]) -> str:
    """What was said in several languages, in that of the page or another one."""
    return next((said[language] for language in (current(), *said) if said.get(language)), "")
