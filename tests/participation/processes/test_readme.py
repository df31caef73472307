from pathlib import Path

import zenne.participation.processes as app
from zenne.participation.processes.enums import TRANSITIONS


def diagram() -> str:
    width = max(len(state) for state in TRANSITIONS)
    return "\n".join(f"    {state:<{width}}  -> {', '.join(after)}" for state, after in TRANSITIONS.items())


def test_the_diagram_of_the_readme_is_the_table_of_the_enums():
    assert diagram() in (Path(app.__file__).parent / "README.md").read_text()
