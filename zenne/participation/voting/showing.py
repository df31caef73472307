"""A vote as pages show it: questions are answered here once, not in templates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.core.clock import MIDNIGHT, in_brussels
from zenne.core.languages import current, shown
from zenne.people.access.answers import Answer, Reason, Refused, Remedy
from zenne.places.areas import queries as areas
from zenne.places.areas.enums import Kind as AreaKind
from zenne.web.art.tiles import motif_for
from zenne.web.pieces import piece
from zenne.web.tags.words import amount, day, grouped, moment

from . import counting, filling
from .enums import Channel, Method, VoteState
from .models import District, Option, Vote
from .queries import Turnout
from .telling import Told

CURABLE = {Remedy.SIGN_IN, Remedy.CONFIRM_EMAIL, Remedy.ANSWER, Remedy.VERIFY}
HUES = 10
GROUP = 4


@dataclass(frozen=True)
class Choice:
    """One of the answers to an option: a score, yes, no."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class Card:
    """An option on a page. `given` is what was filled in for it, `choices` what there is to choose from where it is not a tick."""

    option: Option
    title: str
    language: str
    text: str
    text_language: str
    given: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def number(self) -> int:
        return self.option.number

    @property
    def name(self) -> str:
        """Of its control in the form."""
        return f"o{self.option.number}"

    @property
    def anchor(self) -> str:
        return f"option-{self.option.number}"

    @property
    def url(self) -> str:
        """Of its idea, while everybody can read it."""
        idea = self.option.idea
        return idea.get_absolute_url() if idea is not None and idea.listed else ""

    @property
    def hue(self) -> int:
        idea = self.option.idea
        return idea.theme.hue if idea is not None and idea.theme else (self.option.number - 1) % HUES + 1

    @property
    def motif(self) -> str:
        idea = self.option.idea
        return idea.theme.motif if idea is not None and idea.theme else motif_for(str(self.option.pk))

    @property
    def theme(self) -> str:
        idea = self.option.idea
        return idea.theme.title_i18n if idea is not None and idea.theme else ""

    @property
    def theme_icon(self) -> str:
        idea = self.option.idea
        return idea.theme.icon if idea is not None and idea.theme else ""

    @property
    def image(self) -> str:
        return self._picture.small_url if self._picture else ""

    @property
    def alt(self) -> str:
        return self._picture.alt if self._picture else ""

    def drawn(self, level: int, apart: bool, still: bool = False) -> SafeString:
        """Its photo and its words, drawn once for all who look (`web.pieces`). `level` of its heading; `apart`: its links open beside the ballot; `still`: it has none."""
        plate = self.plate or ("", "")
        names = (
            "number",
            "title",
            "language",
            "text",
            "text_language",
            "url",
            "hue",
            "motif",
            "theme",
            "theme_icon",
            "image",
            "alt",
            "anchor",
        )
        given = {name: getattr(self, name) for name in names}
        given |= {"url": ""} if still else {}
        given |= {"fr": plate[0], "nl": plate[1], "seed": self.option.pk, "level": level, "apart": apart}
        return piece(
            "voting.option", given, lambda: render_to_string("participation/voting/_drawn.html", {"card": given})
        )

    @property
    def listed(self) -> SafeString:
        """On a page that others read."""
        return self.drawn(3, apart=False)

    @property
    def on_ballot(self) -> SafeString:
        return self.drawn(2, apart=True)

    @property
    def in_group(self) -> SafeString:
        """On a ballot, below the heading of its group."""
        return self.drawn(3, apart=True)

    @property
    def at_counter(self) -> SafeString:
        """On a shared screen, from which nothing leads away."""
        return self.drawn(2, apart=False, still=True)

    @property
    def _picture(self) -> Any:
        pictures = getattr(self.option.idea, "pictures", []) if self.url else []
        return pictures[0].upload if pictures else None

    @property
    def plate(self) -> tuple[str, str] | None:
        commune = self.option.idea.commune if self.option.idea is not None else None
        return (commune.name_fr, commune.name_nl) if commune else None


def card(option: Option, vote: Vote, given: Mapping[str, str] | None = None, among: int = 0) -> Card:
    title, language = shown(option, "title")
    text, text_language = shown(option, "summary")
    here = current()
    said = (given or {}).get(option.key, "")
    return Card(
        option=option,
        title=title or str(option.number),
        language=language if language != here else "",
        text=text,
        text_language=text_language if text_language != here else "",
        given=said,
        choices=_choices(vote, said, among),
    )


def cards(options: Sequence[Option], vote: Vote, given: Mapping[str, str] | None = None) -> list[Card]:
    return [card(option, vote, given, len(options)) for option in options]


def _choices(vote: Vote, said: str, among: int) -> tuple[Choice, ...]:
    match Method(vote.method):
        case Method.SCORE:
            values = [(str(score), str(score)) for score in range(vote.top_score + 1)]
        case Method.RANKING:
            most = min(among, vote.max_choices or among)
            values = [(str(rank), str(rank)) for rank in range(1, most + 1)]
        case Method.YES_NO:
            values = [(filling.YES, _("Yes")), (filling.NO, _("No")), (filling.ABSTAIN, _("I say nothing"))]
            said = said or filling.ABSTAIN
        case _:
            return ()
    return tuple(Choice(value, label, value == said) for value, label in values)


def given_by(content: Mapping[str, Any] | None) -> dict[str, str]:
    """What a form would have sent for this content: so that a ballot can be changed where it was left."""
    choices = (content or {}).get("choices")
    if not choices:
        return {}
    if isinstance(choices, dict):
        return {key: str(value) for key, value in choices.items()}
    if content and content["kind"] == Method.RANKING:
        return {key: str(rank) for rank, key in enumerate(choices, 1)}
    return dict.fromkeys(choices, "1")


# --- the order ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Order:
    """Options in one order. `seed` is what it was drawn from: empty for the published order."""

    options: list[Option]
    seed: str


def ordered(vote: Vote, options: list[Option], own: str, now: datetime) -> Order:
    """The same at every visit: with the seed of one's `own` for who is signed in, for all others that of the day; the published one once voting is over."""
    if not vote.random_order or vote.state(now) not in (VoteState.OPEN, VoteState.PREPARING):
        return Order(options, "")
    seed = own or f"{vote.pk} {in_brussels(now):%Y-%m-%d}"
    by_key = {option.key: option for option in options}
    return Order([by_key[key] for key in counting.order(list(by_key), seed)], seed)


# --- a filled ballot in words ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One thing a ballot says."""

    title: str
    value: str
    cost_cents: int | None
    hue: int
    language: str = ""


def lines(content: Mapping[str, Any], vote: Vote, options: Collection[Option]) -> list[Line]:
    """What a ballot says, option by option; nothing for a blank one."""
    by_key = {option.key: option for option in options}
    choices = content.get("choices") or []
    said = []
    for place, key in enumerate(choices, 1):
        drawn = card(by_key[key], vote)
        said.append(
            Line(drawn.title, _value(vote, choices, key, place), by_key[key].cost_cents, drawn.hue, drawn.language)
        )
    return said


def _value(vote: Vote, choices: Any, key: str, place: int) -> str:
    match Method(vote.method):
        case Method.POINTS:
            return ngettext("%(count)d point", "%(count)d points", choices[key]) % {"count": choices[key]}
        case Method.SCORE:
            return _("%(score)d out of %(most)d") % {"score": choices[key], "most": vote.top_score}
        case Method.RANKING:
            return _("rank %(rank)d") % {"rank": place}
        case Method.YES_NO:
            return {filling.YES: _("Yes"), filling.NO: _("No")}.get(choices[key], _("I say nothing"))
    return ""


@dataclass(frozen=True)
class Purse:
    """A budget and what a ballot uses of it."""

    title: str
    name: str
    budget_cents: int
    spent_cents: int
    parts: list[dict[str, int]] = field(default_factory=list)

    @property
    def left_cents(self) -> int:
        return self.budget_cents - self.spent_cents

    @property
    def over(self) -> bool:
        return self.left_cents < 0

    @property
    def words(self) -> str:
        if self.over:
            return _("%(amount)s too much") % {"amount": amount(-self.left_cents)}
        return _("%(amount)s left of %(budget)s") % {
            "amount": amount(self.left_cents),
            "budget": amount(self.budget_cents),
        }


def purses(
    vote: Vote, options: Collection[Option], districts: list[District], district: District | None, keys: Collection[str]
) -> list[Purse]:
    """The budgets of a ballot, with what `keys` use of each."""
    found = []
    for purse in filling.purses(vote, districts, district):
        mine = [option for option in options if option.key in keys and filling.belongs(vote, option, purse)]
        parts = [{"value": option.cost_cents or 0, "category": card(option, vote).hue} for option in mine]
        title = str(purse.district) if purse.district else ""
        name = str(purse.district.pk) if purse.district and filling.in_all(vote) else ""
        spent = filling.spent(purse, options, keys, vote)
        found.append(Purse(title, name, purse.budget_cents, spent, parts))
    return found


# --- one's place in a vote --------------------------------------------------------------------------------------------------------


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
    given = vote.annulment or {}
    return next((given[language] for language in (current(), *given) if given.get(language)), "")


def last_hours(vote: Vote, now: datetime) -> bool:
    """Whether it is time to say how little time is left."""
    closes_at = vote.activity.window()[1]
    return closes_at is not None and timedelta() < closes_at - now <= timedelta(hours=24)


# --- turnout ----------------------------------------------------------------------------------------------------------------------


def turnout_bars(counted: Turnout, districts: list[District]) -> dict[str, list[dict[str, Any]]]:
    """Rows for the charts of the turnout page."""
    channels = [
        {
            "label": str(channel.label),
            "value": counted.by_channel[channel],
            "text": grouped(counted.by_channel[channel]),
        }
        for channel in Channel
    ]
    numbers = [(district, counted.by_district.get(district.number, 0)) for district in districts]
    by_district = [
        {"label": str(district), "value": count, "category": index % HUES + 1, "text": grouped(count)}
        for index, (district, count) in enumerate(numbers)
    ]
    return {"channels": channels, "districts": by_district}


def budget(vote: Vote, districts: list[District]) -> int:
    """All the money of a vote, in cents: its own, else that of its groups of options together."""
    return vote.budget_cents or sum(district.budget_cents or 0 for district in districts)


def ground(vote: Vote) -> dict[str, Any]:
    """What lies under the map of the options."""
    area = vote.process.area
    own = area is not None and area.kind == AreaKind.COMMUNE and area.is_outlined
    outline = reverse("processes:area", args=[vote.process.slug]) if own else reverse("areas:communes")
    return {"outline": outline, "base_map": areas.base_map()}


def pins(drawn: Sequence[Card]) -> list[dict[str, Any]]:
    return [
        {
            "title": each.title,
            "url": f"#{each.anchor}",
            "lat": each.option.lat,
            "lon": each.option.lon,
            "category": each.hue,
            "number": each.number,
        }
        for each in drawn
        if each.option.lat is not None
    ]


def grouped_code(code: str) -> list[str]:
    """A code in groups that can be read aloud."""
    return [code[at : at + GROUP] for at in range(0, len(code), GROUP)]


# --- the result -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Placed:
    """An option and what became of it."""

    option: Option
    title: str
    language: str
    hue: int
    url: str
    won: bool
    support: int
    score: int | str
    why: list[str]


@dataclass(frozen=True)
class ResultList:
    """One list of options that was counted by itself: winners first, then by votes."""

    name: str
    title: str
    headline: str
    rows: list[Placed]
    bars: list[dict[str, Any]]
    also: list[str]
    firmness: list[str]
    rounds: list[dict[str, Any]]


def lists(told: Told) -> list[ResultList]:
    """Every list of a result, in published order."""
    return [_list(told, name) for name in told.result.tally]


def _list(told: Told, name: str) -> ResultList:
    mine = [option for option in told.options.values() if told.heading_of(option) == name]
    placed = [_placed(told, option) for option in mine]
    winners = told.result.tally[name]["winners"]
    order = {key: place for place, key in enumerate(winners)}
    placed.sort(key=lambda row: (order.get(row.option.key, len(order)), -row.support, row.option.number))
    district = told.districts.get(name)
    return ResultList(
        name=name,
        title=str(district) if district else "",
        headline=told.headline(name),
        rows=placed,
        bars=[
            {"label": row.title, "value": row.support, "category": row.hue, "text": grouped(row.support)}
            for row in placed
        ],
        also=[told.other(name, other) for other in told.result.explanation.get(name, {}).get("also", ())],
        firmness=told.firmness(name),
        rounds=told.rounds(name),
    )


def _placed(told: Told, option: Option) -> Placed:
    drawn = card(option, told.vote)
    return Placed(
        option=option,
        title=drawn.title,
        language=drawn.language,
        hue=drawn.hue,
        url=drawn.url,
        won=told.won(option),
        support=told.support(option),
        score=told.score(option),
        why=told.why(option),
    )
