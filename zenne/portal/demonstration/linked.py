"""Where the projects of a plan come from, what was tried in them and what is said of them, as frozen records: `content/links/<plan>.toml`, explained in `content/README.md`."""

from dataclasses import dataclass
from datetime import date

from .records import Texts


@dataclass(frozen=True)
class Origin:
    """Of `project`: an idea of the process by its key, or the `ask`-th recommendation of the advice with that title."""

    project: str
    process: str
    share: str
    reason: Texts
    idea: str = ""
    advice: str = ""
    ask: int = 0


@dataclass(frozen=True)
class Pilot:
    """Without a verdict it still runs."""

    project: str
    key: str
    title: Texts
    hypothesis: Texts
    indicator: str
    starts: date
    ends: date
    verdict: str = ""
    reason: Texts | None = None
    concluded: date | None = None


@dataclass(frozen=True)
class Remark:
    """Said about a project of the plan, on the day of loading."""

    project: str
    by: str
    language: str
    text: str


@dataclass(frozen=True)
class Talk:
    """The activity of `process` in which the projects of the plan are talked about, why it is opened there (its public reason), and what is said."""

    process: str
    by: str
    reason: Texts
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Linking:
    plan: str
    origins: tuple[Origin, ...] = ()
    pilots: tuple[Pilot, ...] = ()
    debate: Talk | None = None
