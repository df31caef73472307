"""Translation catalogues: extracted per app, compiled without any system program."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import polib

from zenne.config.environment import ROOT
from zenne.config.installation import Fault

LANGUAGES = ("fr", "nl")  # the source is English
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "nl": "nplurals=2; plural=(n != 1);"}


def house() -> list[str]:
    from django.conf import settings

    return settings.HOUSE


def labels() -> list[str]:
    return [name.rpartition(".")[2] for name in house()]


def folder(label: str) -> Path:
    for name in house():
        if name.rpartition(".")[2] == label:
            return ROOT / name.replace(".", "/")
    raise Fault(f"There is no app `{label}`; the apps are {', '.join(labels())}.")


def catalogues() -> Iterator[Path]:
    return ROOT.glob("zenne/**/locale/*/LC_MESSAGES/django.po")


def compile_stale() -> int:
    """Write the `.mo` of every catalogue that is newer than it. Processes may do this at the same time."""
    done = 0
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        partial = target.with_suffix(f".{os.getpid()}.partial")
        polib.pofile(str(source)).save_as_mofile(str(partial))
        partial.rename(target)
        done += 1
    return done


def extract(label: str) -> dict[str, int]:
    """Update the catalogues of one app; per language, how many texts wait for a translation."""
    import shutil

    from django.core.management import call_command
    from django.core.management.commands.makemessages import Command

    if not shutil.which("xgettext"):
        raise Fault("`xgettext` is missing: install the system package `gettext`.")

    class Extract(Command):
        msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching", "--no-wrap"]
        xgettext_options = [*Command.xgettext_options, "--no-wrap"]
        msguniq_options = [*Command.msguniq_options, "--no-wrap"]
        msgattrib_options = [*Command.msgattrib_options, "--no-wrap"]

    app = folder(label)
    (app / "locale").mkdir(exist_ok=True)
    before = Path.cwd()
    os.chdir(app)
    try:
        call_command(
            Extract(),
            locale=list(LANGUAGES),
            no_location=True,
            no_obsolete=True,
            ignore_patterns=["migrations/*", "demonstration/*"],
            verbosity=0,
        )
    finally:
        os.chdir(before)
    return {language: tidy(app / "locale" / language / "LC_MESSAGES/django.po", language) for language in LANGUAGES}


def tidy(path: Path, language: str) -> int:
    """Keep only the header lines that say something, so that a catalogue changes only when its words do."""
    if not path.exists():
        return 0
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header = ""
    catalogue.metadata = {
        "Project-Id-Version": "Zenne",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    catalogue.metadata_is_fuzzy = False
    if not len(catalogue):
        path.unlink()
        return 0
    text = str(catalogue)
    path.write_text(re.sub(r"\A(#\s*\n)+", "", text).rstrip() + "\n")
    return len([entry for entry in catalogue if not entry.obsolete and not (entry.translated() and not entry.fuzzy)])
