"""The plans that come with the platform."""

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "plans"


def path_of(named: Path) -> Path:
    """The file itself where there is one; else the one of that name that comes along, where there is one."""
    known = FOLDER / f"{named.name}.yaml"
    return known if not named.exists() and len(named.parts) == 1 and known.is_file() else named


def paths() -> list[Path]:
    return sorted(FOLDER.glob("*.yaml"))
