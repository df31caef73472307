"""How a process drew a panel by lot and what that advised, as frozen records: `content/lots/<slug>.toml`, explained in `content/README.md`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from .records import Texts


@dataclass(frozen=True)
class Register:
    """The invented population register: so many entries, made from the figures of the commune. `dutch` of a hundred get their letter in Dutch;
    names and streets are put together at random."""

    entries: int
    seed: str
    dutch: int
    letters: int
    letters_seed: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    family: tuple[str, ...]
    streets: tuple[str, ...]


@dataclass(frozen=True)
class Quota:
    """Seats at least and at most of a group that no official figure of the commune speaks of."""

    minimum: int
    maximum: int


@dataclass(frozen=True)
class Answers:
    """`yes` and `no`: how many of the letters are answered so. `leans` says how much more often a level of education says yes."""

    seed: int
    yes: int
    no: int
    first_at: datetime
    last_at: datetime
    leans: Mapping[str, float]


@dataclass(frozen=True)
class Dice:
    at: datetime
    place: str
    throws: str
    readers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Lottery:
    phase: str
    activity: str
    by: str
    size: int
    begins_on: date
    ends_on: date
    letter: Texts
    signed_by: Texts
    register: Register
    quotas: Mapping[str, Mapping[str, Quota]]
    framed_at: datetime
    sent_at: datetime
    answer_until: datetime
    answers: Answers
    checked_at: datetime
    computed_at: datetime
    committed_at: datetime
    dice: Dice
    drawn_at: datetime
    confirmed_at: datetime
    declines: tuple[int, ...]
    declined_at: datetime
    replaced_at: datetime
    destroyed_at: datetime
    members: tuple[str, ...]


@dataclass(frozen=True)
class Meeting:
    phase: str
    activity: str
    title: Texts
    text: Texts
    venue: Texts
    address: str
    written_at: datetime
    starts_at: datetime
    ends_at: datetime
    agenda: tuple[Texts, ...]
    absent: tuple[int, ...]
    counted_at: datetime
    minutes: Texts
    minutes_at: datetime


@dataclass(frozen=True)
class Amendment:
    """To the last paragraph of a text, and taken."""

    by: str
    text: str
    motive: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    title: str = ""


@dataclass(frozen=True)
class Answered:
    """What the body says of a recommendation; `milestones` where it is taken up."""

    verdict: str
    reason: Texts
    milestone: Texts | None = None
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class Advice:
    """A text of the room that became an advice: `words` open it, `asks` are its recommendations."""

    language: str
    title: str
    by: str
    begun_at: datetime
    amended_at: datetime
    words: str
    asks: tuple[Paragraph, ...]
    amendment: Amendment
    issued_at: datetime
    due_on: date
    answered_at: datetime | None = None
    reference: str = ""
    statement: Texts | None = None
    answers: tuple[Answered, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The draw, the meeting and the advices of one process."""

    process: str
    lottery: Lottery
    body: Texts
    meeting: Meeting
    advices: tuple[Advice, ...] = ()
