"""Options as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zenne.core.languages import current, shown
from zenne.places.areas import queries as areas
from zenne.places.areas.enums import AreaKind
from zenne.web.art.tiles import motif_for
from zenne.web.pieces import piece

from .. import filling
from ..enums import Districts, Method
from ..models import District, Option, Vote

HUES = 10


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
    vote: Vote
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
    def listed_in_group(self) -> SafeString:
        return self.drawn(4, apart=False)

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
        vote=vote,
        title=title or str(option.number),
        language=language if language != here else "",
        text=text,
        text_language=text_language if text_language != here else "",
        given=said,
        choices=_choices(vote, said, among),
    )


def cards(options: Sequence[Option], vote: Vote, given: Mapping[str, str] | None = None) -> list[Card]:
    return [card(option, vote, given, len(options)) for option in options]


@dataclass(frozen=True)
class Section:
    """The options of one group, in the order of the page; without a title, all of them."""

    title: str
    budget_cents: int | None
    cards: tuple[Card, ...]


def sections(drawn: Sequence[Card], vote: Vote, districts: Sequence[District]) -> list[Section]:
    """For who looks around: every group of options, wherever they may vote."""
    if vote.districts_mode == Districts.NONE:
        return [Section("", None, tuple(drawn))]
    groups: list[tuple[str, int | None, int | None]] = [(str(each), each.budget_cents, each.pk) for each in districts]
    found = [
        Section(title, budget, tuple(each for each in drawn if each.option.district_id == pk))
        for title, budget, pk in [*groups, ("", None, None)]
    ]
    return [each for each in found if each.cards]


def to_choose(options: Sequence[Option], vote: Vote, given: Mapping[str, str], body: str) -> list[SafeString]:
    """Options with the control of the method and what was filled in; `body` names how their words are drawn (`on_ballot`, `in_group`, `at_counter`).

    Thousands fill in the same options at once, each in an order of their own: what is drawn of an option for one stays with it for the
    others, as long as the sheet it came with (`queries.sheet`).
    """
    language, among = current(), len(options)
    return [_control(option, vote, (language, body, given.get(option.key, ""), among)) for option in options]


def _control(option: Option, vote: Vote, key: tuple[str, str, str, int]) -> SafeString:
    drawn: dict[Any, SafeString] = option.__dict__.setdefault("_drawn", {})
    if key not in drawn:
        _language, body, said, among = key
        drawn_card = card(option, vote, {option.key: said}, among)
        words = {"card": drawn_card, "vote": vote, "method": vote.method, "body": getattr(drawn_card, body)}
        drawn[key] = render_to_string("participation/voting/_option.html", words)
    return drawn[key]


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
