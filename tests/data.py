"""The real public data that some tests read. It is no part of the repository: it is large, and others own it."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = [Path(place) for place in (os.environ.get("ZENNE_TEST_DATA"),) if place] + [ROOT.parent / "shared" / "data"]


def real(name: str) -> Path:
    """The path of a file or folder of the real data, such as `brussels-geo/communes.geojson`; the test is skipped where it is absent."""
    for folder in FOLDERS:
        if (folder / name).exists():
            return folder / name
    pytest.skip(f"real data `{name}` is not here: set ZENNE_TEST_DATA to the folder that holds it")
