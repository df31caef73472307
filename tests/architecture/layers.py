"""The layers of `pyproject.toml`, read as ranks: the one source of truth for what import-linter cannot see."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
RANKS = {
    f"{contract['containers'][0]}.{name.strip()}": depth
    for contract in CONTRACTS
    if contract["type"] == "layers" and contract.get("exhaustive")
    for depth, line in enumerate(reversed(contract["layers"]))
    for name in line.replace("(", "").replace(")", "").split("|")
}


def may_know(source: str, target: str) -> bool:
    """Whether the app or module `source` may know `target`: itself, what is in its own app, and what lies below."""
    here, there = source.split("."), target.split(".")
    for length in range(2, max(len(here), len(there)) + 1):
        mine, theirs = ".".join(here[:length]), ".".join(there[:length])
        if mine != theirs:
            return RANKS.get(mine, -1) > RANKS.get(theirs, -1)
    return True


def app_of(module: str) -> str:
    """The app that a dotted module name or a path below `zenne/` belongs to: `participation.ideas`, `portal`."""
    parts = module.replace("/", ".").removeprefix("zenne.").split(".")
    alone = parts[0] in {"config", "portal", "web", "core", "methods"}
    return parts[0] if alone else ".".join(parts[:2])
