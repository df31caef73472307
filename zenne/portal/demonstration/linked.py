"""Where the projects of a plan come from and what was tried in them, as frozen records: `content/links/<plan>.toml`, explained in `content/README.md`."""

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
class Linking:
    plan: str
    origins: tuple[Origin, ...] = ()
    pilots: tuple[Pilot, ...] = ()
