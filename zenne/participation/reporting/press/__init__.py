"""PDF, set by typst in a process of its own: what it takes of memory goes back when it ends.

What is set is data, never source: a layout (`report.typ`, or that of another app) reads `data.json` beside it, and typst shows strings as they are. Nothing a resident wrote
can become a command (tests/participation/reporting/test_press.py tries). Only the fonts in `fonts/` and those inside typst are used, no
network, no fonts of the machine: the same data gives the same file everywhere.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copyfile
from typing import Any

from .letters import printable

HERE = Path(__file__).parent
PATIENCE = 300  # seconds: five thousand ideas take about ten


class PressFault(Exception):
    """typst refused; the message is for the log."""


def pdf(
    data: dict[str, Any], *, words: dict[str, str], look: dict[str, str], pictures: dict[str, bytes], moment: int
) -> bytes:
    """`data` as composed, `words` of the frame in its language, `look`: colours by role, `pictures` by file name, `moment`: UNIX seconds."""
    given = {"report": data, "words": words, "look": look}
    return printed(HERE / "report.typ", given, pictures=pictures, moment=moment)


def printed(layout: Path, given: dict[str, Any], *, pictures: dict[str, bytes], moment: int) -> bytes:
    """The PDF of any layout: it finds `given` in `data.json`, with the names of the `pictures` that lie beside it."""
    with tempfile.TemporaryDirectory(prefix="zenne-press-") as name:
        folder = Path(name)
        copyfile(layout, folder / "page.typ")
        shown = printable({**given, "pictures": sorted(pictures)})
        (folder / "data.json").write_text(json.dumps(shown, ensure_ascii=False), "utf-8")
        for picture, content in pictures.items():
            (folder / picture).write_bytes(content)
        command = [sys.executable, str(HERE / "setting.py"), str(folder), str(HERE / "fonts"), str(moment)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - all of it ours
        except subprocess.TimeoutExpired as late:
            raise PressFault(f"typst took more than {PATIENCE} s") from late
        made = folder / "page.pdf"
        if done.returncode or not made.exists():
            raise PressFault(done.stderr.decode(errors="replace")[-4000:])
        return made.read_bytes()
