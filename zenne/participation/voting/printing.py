"""Paper ballots as PDF: every sheet of a batch is like every other, and nothing on it names a voter."""

import io
from pathlib import Path

import segno
from django.utils.translation import get_language_info, ngettext, override
from django.utils.translation import gettext as _

from zenne.core.languages import shown
from zenne.participation.processes.wording import closing
from zenne.participation.reporting import press
from zenne.participation.reporting.look import logo_of
from zenne.web.tags.words import amount

from . import explaining, filling, queries
from .enums import Method
from .models import Option, PaperBatch, Vote

LAYOUT = Path(__file__).parent / "ballot.typ"


def sheets(batch: PaperBatch, *, address: str) -> bytes:
    """The batch's cover with its code, for staff, and its ballot. `address` is that of the batch in the back office."""
    vote, language = batch.vote, batch.language
    options = filling.offered(vote, queries.options_of(vote), batch.district)
    purses = filling.purses(vote, queries.districts_of(vote), batch.district)
    with override(language):
        closes_at = vote.activity.window()[1]
        given = {
            "language": language,
            "title": shown(vote.activity, "title", language)[0] or str(vote.process),
            "process": shown(vote.process, "title", language)[0],
            "organisation": shown(vote.process.organisation, "name", language)[0],
            "group": shown(batch.district, "title", language)[0] if batch.district else "",
            "batch": str(batch.number),
            "vote": str(vote.pk),
            "sheets": str(batch.printed),
            "how": how(vote),
            "budgets": [_budget(purse) for purse in purses],
            "closes": _("Hand it in before the vote closes: %(moment)s.") % {"moment": closing(closes_at)}
            if closes_at
            else "",
            "boxes": _boxes(vote),
            "options": [_option(option, language) for option in options],
            "words": _words(batch),
        }
    pictures = {"qr.svg": _code(address)}
    if logo := logo_of(vote.process.organisation):
        pictures["logo.png"] = logo
    return press.printed(LAYOUT, given, pictures=pictures, moment=int(batch.made_at.timestamp()))


def how(vote: Vote) -> list[str]:
    """What to do with a pen; then the limits, as on the rule page."""
    first = {
        Method.APPROVAL: _crosses(vote.max_choices),
        Method.SINGLE: _("Put a cross in the box of the one option that you choose."),
        Method.POINTS: _("Write points in the boxes: %(points)d in all.") % {"points": vote.points},
        Method.SCORE: _("Write a score in the boxes, from 0 (worst) to %(most)d (best).") % {"most": vote.top_score},
        Method.RANKING: _("Write 1 in the box of the best option, 2 in that of the next, and so on."),
        Method.YES_NO: _("Put a cross under yes or under no. Leave both empty to say nothing about an option."),
    }[Method(vote.method)]
    limits = explaining.limits(vote, on_paper=True)
    blank = [_("A sheet without any mark is a blank ballot.")] if vote.blank_allowed else []
    return [
        first,
        *limits,
        *blank,
        _("Do not write your name or anything else: a ballot that can be recognised does not count."),
    ]


def _crosses(most: int | None) -> str:
    if most is None:
        return _("Put a cross in the box of every option that you choose.")
    words = ngettext(
        "Put a cross in the box of the one option that you choose: with more the ballot does not count.",
        "Put a cross in the box of every option that you choose, at most %(count)d: with more the ballot does not count.",
        most,
    )
    return words % {"count": most}


def _budget(purse: filling.Purse) -> str:
    budget = amount(purse.budget_cents)
    if purse.district:
        return _("Budget of %(group)s: %(budget)s. What you choose may not cost more.") % {
            "group": purse.district,
            "budget": budget,
        }
    return _("Budget: %(budget)s. What you choose may not cost more.") % {"budget": budget}


def _boxes(vote: Vote) -> list[str]:
    """The headings of the boxes beside an option; one without a heading is ticked or written into."""
    return [_("yes"), _("no")] if vote.method == Method.YES_NO else [""]


def _option(option: Option, language: str) -> dict[str, str]:
    return {
        "number": option.key,
        "title": shown(option, "title", language)[0],
        "summary": _short(shown(option, "summary", language)[0]),
        "cost": amount(option.cost_cents) if option.cost_cents is not None else "",
        "group": shown(option.district, "title", language)[0] if option.district else "",
    }


def _short(text: str, most: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def _words(batch: PaperBatch) -> dict[str, str]:
    return {
        "ballot": _("Ballot"),
        "batch": _("Batch %(number)d") % {"number": batch.number},
        "sheet_for_staff": _("For the counter: this page is not handed out"),
        "language": get_language_info(batch.language)["name_local"].capitalize(),
        "copies": _("Print the ballot behind this page %(count)d times, on both sides if it has two pages.")
        % {"count": batch.printed},
        "alike": _("All sheets are alike. Do not number or sign them."),
        "once": _("Hand one sheet to each person whom the counter page lets vote, and none without it."),
        "box": _(
            "Sheets go into a closed box. It is opened when the vote is over, and shaken before the sheets are counted."
        ),
        "tally": _("On this batch, by hand"),
        "printed": _("printed"),
        "spoiled": _("spoiled and replaced"),
        "unused": _("left unused"),
        "found": _("found in the box"),
        "signed": _("Counted by (two people)"),
        "scan": _(
            "This code leads staff to the page of the batch. There is none on the ballots that leads to a person."
        ),
    }


def _code(address: str) -> bytes:
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", scale=6, border=2, xmldecl=False)
    return drawing.getvalue()
