import re

from tests.architecture.layers import ROOT
from tests.architecture.test_files import python_files

TABLE = re.compile(r"^(\w*TRANSITIONS)\b", re.MULTILINE)


def test_every_table_of_transitions_is_asked():
    """States and their transitions are one table (ARCHITECTURE, inside one app). One that no verb asks is a second truth."""
    idle = []
    for enums in ROOT.glob("zenne/**/enums.py"):
        texts = [path.read_text() for path in python_files(str(enums.parent)) if path != enums]
        idle += [
            f"{enums.relative_to(ROOT)}: {name}"
            for name in TABLE.findall(enums.read_text())
            if not any(re.search(rf"\b{name}\[", text) for text in texts)
        ]
    assert not idle, idle
