"""The page on which a ballot is filled in: its words are the same for all who vote in the same group of options, so they are made once (`web.shared`); the order of
the options, what is filled in and the sums are each voter's own.

Only whoever may vote gets here (`ballot.py`). What is shared is made of the vote and the group of options alone: it knows nobody's ballot.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zenne.web.htmx import render
from zenne.web.pieces import piece
from zenne.web.shared import own, shared

from .. import explaining, filling, showing
from ..enums import Districts, Method
from ..models import District, Option, Vote
from ..queries import Mine
from .finding import around


@dataclass(frozen=True)
class Paper:
    """The ballot that lies before a voter: whose options, in which group of options, and what is filled in."""

    vote: Vote
    districts: list[District]
    district: District | None
    options: list[Option]
    given: dict[str, str]

    @property
    def content(self) -> dict[str, Any]:
        return filling.content(self.vote, self.options, self.given)

    @property
    def faults(self) -> list[filling.Fault]:
        """Slips of the pen first: what cannot be read is not looked at further."""
        slips = filling.slips(self.vote, self.options, self.given)
        return slips or filling.faults(self.vote, self.content, self.options, self.districts, self.district)


@dataclass(frozen=True)
class Laid:
    """What a page shows of one voter: the filled-in ballot, the order of its options, whether it replaces another, what is wrong with it."""

    paper: Paper
    order: showing.Order
    changing: bool
    faults: list[str]


def fill_in(
    request: HttpRequest, paper: Paper, mine: Mine, *, faults: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """The page for one voter. What was typed stays: it is in `paper`."""
    order = showing.ordered(paper.vote, paper.options, mine.seed, request.now)  # type: ignore[attr-defined]
    # read by the gaps below: a page that is made for nobody has none to read
    request.laid = Laid(paper, order, mine.ballot is not None, faults or [])  # type: ignore[attr-defined]
    response: HttpResponse = _page(request, paper.vote, paper.districts, paper.district)
    response.status_code = status
    return response


def filled_in(request: HttpRequest, vote: Vote) -> dict[str, str]:
    """What the form says for each option, by its key. A single choice is one field of the form."""
    if vote.method == Method.SINGLE:
        return {request.POST["one"]: "1"} if request.POST.get("one") else {}
    return {name[1:]: value for name, value in request.POST.items() if name[:1] == "o" and name[1:].isdigit()}


def fields(vote: Vote, given: dict[str, str]) -> list[tuple[str, str]]:
    """What is filled in as the fields of a form: `filled_in` the other way round."""
    return [("one", key) if vote.method == Method.SINGLE else (f"o{key}", value) for key, value in given.items()]


def sections(paper: Paper, ordered: list[Option], *, at_counter: bool = False) -> list[dict[str, Any]]:
    """The options with their controls, by group where a ballot speaks of all groups, else all in one."""
    vote, given = paper.vote, paper.given
    alone, grouped = ("at_counter", "at_counter") if at_counter else ("on_ballot", "in_group")
    if not filling.in_all(vote):
        return [{"title": "", "options": showing.to_choose(ordered, vote, given, alone)}]
    groups = [(str(each), [one for one in ordered if one.district_id == each.pk]) for each in paper.districts]
    rest = [one for one in ordered if one.district_id is None]
    found = [
        {"title": title, "options": showing.to_choose(group, vote, given, grouped)} for title, group in groups if group
    ]
    return found + ([{"title": "", "options": showing.to_choose(rest, vote, given, alone)}] if rest else [])


def _group(_request: HttpRequest, _vote: Vote, _districts: list[District], district: District | None) -> int | None:
    return district.pk if district else None


@shared(by=_group)
def _page(request: HttpRequest, vote: Vote, districts: list[District], district: District | None) -> HttpResponse:
    context = around(request, vote) | {
        "heading": own(request, _heading),
        "faults": own(request, _faults),
        "options": own(request, _options),
        "seed": own(request, _seed) if vote.random_order else "",
        "purses": own(request, _purses) if filling.purses(vote, districts, district) else "",
        "district": district,
        "standing": showing.standing(vote, request.now),  # type: ignore[attr-defined]
        "limits": explaining.limits(vote),
        "most": 1 if vote.method == Method.SINGLE else vote.max_choices,
        "several": vote.districts_mode == Districts.ONE and len(districts) > 1,
        "method": vote.method,
    }
    return render(request, "participation/voting/ballot.html", context)


def _laid(request: HttpRequest) -> Laid:
    return request.laid  # type: ignore[attr-defined, no-any-return]


def _heading(request: HttpRequest) -> str:
    return _("Change your ballot") if _laid(request).changing else _("Your ballot")


def _faults(request: HttpRequest) -> SafeString:
    return _drawn("_faults", {"faults": _laid(request).faults})


def _options(request: HttpRequest) -> SafeString:
    laid = _laid(request)
    return _drawn("_options", {"sections": sections(laid.paper, laid.order.options)})


def _seed(request: HttpRequest) -> str:
    return _laid(request).order.seed


def _purses(request: HttpRequest) -> SafeString:
    """Sums of what somebody chose are kept nowhere; those of a ballot on which nothing is chosen yet are the same for all."""
    paper = _laid(request).paper
    keys = filling.chosen(paper.content)
    given = {"purses": showing.purses(paper.vote, paper.options, paper.districts, paper.district, keys)}
    return _drawn("_purses", given) if keys else piece("voting.purses", given, lambda: _drawn("_purses", given))


def _drawn(name: str, given: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(f"participation/voting/{name}.html", given))  # noqa: S308 - our own templates
