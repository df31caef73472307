"""Every word of the interface can be read in French and Dutch."""

import ast
import os
import re
import shutil
import subprocess
import sys
from functools import cache

import polib
import pytest

from tests.architecture.layers import ROOT
from tests.architecture.test_files import python_files

GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}


def test_translated_strings_are_plain_literals():
    """gettext extracts literals only; an f-string would never find its translation. Placeholders go after: `_("%(n)s") % {...}`."""
    faults = []
    for path in python_files("zenne"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) in GETTEXT
                and node.args
            ):
                first = node.args[0]
                formatted = isinstance(first, ast.JoinedStr) or (
                    isinstance(first, ast.Call) and getattr(first.func, "attr", "") == "format"
                )
                if formatted or isinstance(first, ast.BinOp):
                    faults.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not faults, "not a plain literal inside gettext:\n" + "\n".join(faults)


def test_every_word_that_is_asked_for_stands_in_a_catalogue():
    """Words inside an f-string, for one, are not found by xgettext: they would stay English in silence."""
    lost = []
    for path in python_files("zenne"):
        app = next((folder for folder in path.parents if (folder / "locale").is_dir()), None)
        for node in ast.walk(ast.parse(path.read_text())) if app else ():
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            said = [each.value for each in node.args if isinstance(each, ast.Constant)]
            asked = said[:2] if "pgettext" in name else [None, *said[:1]]
            if name in GETTEXT and len(asked) == 2 and tuple(asked) not in catalogue(app):
                lost.append(f"{path.relative_to(ROOT)}:{node.lineno}: {asked[1]!r}")
    assert not lost, "\n".join(lost)


@cache
def catalogue(app):
    found = polib.pofile(str(app / "locale" / "fr" / "LC_MESSAGES" / "django.po"))
    return {(entry.msgctxt, entry.msgid) for entry in found if not entry.obsolete}


def test_catalogues_on_disk_have_no_gaps():
    gaps = [
        f"{path.relative_to(ROOT)}: {entry.msgid!r}"
        for path in ROOT.glob("zenne/**/locale/*/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
        if not entry.obsolete and (entry.fuzzy or not entry.translated())
    ]
    assert not gaps, f"{len(gaps)} texts without translation:\n" + "\n".join(gaps[:40])


def test_placeholders_survive_translation():
    faults = []
    for path in ROOT.glob("zenne/**/locale/*/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
            texts = [entry.msgstr, *entry.msgstr_plural.values()]
            lost = [text for text in texts if not placeholders(text) <= wanted]
            faults += [f"{path.relative_to(ROOT)}: {entry.msgid!r} -> {text!r}" for text in lost]
    assert not faults, "\n".join(faults)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|(?<!\w)\{\w*\}", text))


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs the system package gettext")
def test_every_text_of_code_and_templates_is_in_the_catalogues(tmp_path):
    """Extract anew, in a copy: nothing may be waiting for a translation."""
    copy = tmp_path / "house"
    shutil.copytree(
        ROOT / "zenne", copy / "zenne", ignore=shutil.ignore_patterns("__pycache__", "*.mo", "dist", "front")
    )
    done = subprocess.run(
        [sys.executable, "-m", "zenne.config.cli", "messages"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
    )
    waiting = [line for line in done.stdout.splitlines() if not line.endswith("  0 without translation")]
    assert done.returncode == 0 and not waiting, "run `zenne messages` and fill what it adds:\n" + "\n".join(
        [*waiting, done.stderr[-1500:]]
    )
