import re
from pathlib import Path

from tests.architecture.layers import ROOT, app_of

REFERENCE = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son(?:click|change|input|submit|load|error|focus|blur|key\w+)\s*=|javascript:"""
)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)")
# the number of a row inside an attribute, as a reader would write it
NUMBER_OF_A_ROW = re.compile(r'="[^"]*({{ [\w.]*(?:\.pk|\.id|(?<!auto)_id) }})')
# templates of Django's, Wagtail's and allauth's that ours replace or extend under their own names
FOREIGN = (
    "account",
    "allauth",
    "mfa",
    "socialaccount",
    "usersessions",
    "wagtailadmin",
    "wagtailusers",
    "registration",
    "admin",
)


def templates() -> list[Path]:
    return list(ROOT.glob("zenne/**/templates/**/*.html"))


def test_templates_stay_home():
    """A template extends or includes only `web/` or its own app's (ARCHITECTURE): the coupling that no Python tool sees."""
    strays = []
    for path in templates():
        own = app_of(str(path.relative_to(ROOT))).replace(".", "/") + "/"
        known = ("web/", own, *(f"{name}/" for name in FOREIGN))
        references = REFERENCE.findall(path.read_text())
        strays += [f"{path.relative_to(ROOT)} reaches for {name}" for name in references if not name.startswith(known)]
    assert not strays, "\n".join(strays)


def test_templates_hold_no_inline_code():
    """The content security policy refuses it, so it would not run anyway."""
    faults = []
    for path in templates():
        if "/wagtailadmin/" in str(path):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if INLINE.search(line) or SCRIPT.search(line):
                faults.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    letters = [fault for fault in faults if "/mail" not in fault and "/letters/" not in fault]
    assert not letters, "inline code or style:\n" + "\n".join(letters)


def test_a_question_stands_around_its_form():
    """`{% confirm %}` hears the form that goes: inside of it, it hears nothing and nobody is asked."""
    asked_too_late = re.compile(r"<form\b(?:(?!</form>).)*?{% confirm ", re.DOTALL)
    faults = [str(path.relative_to(ROOT)) for path in templates() if asked_too_late.search(path.read_text())]
    assert not faults, faults


def test_numbers_in_attributes_are_for_programs():
    """A reader's 1,234 (1.234, 1 234) in a value or an address is another number, or none, to the program that reads it back."""
    faults = []
    for path in templates():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            faults += [f"{path.relative_to(ROOT)}:{number}: {found}" for found in NUMBER_OF_A_ROW.findall(line)]
    assert not faults, "write `|stringformat:'d'` behind:\n" + "\n".join(faults)


def test_every_letter_has_one_title():
    """The frame of letters gives the subject as title; a letter that has another says so in the same block, and in no other."""
    faults = []
    for path in templates():
        words = path.read_text()
        if '{% extends "web/mail/base.html" %}' not in words:
            continue
        heading = re.search(r"{% block heading %}(.*?){% endblock %}", words, re.DOTALL)
        in_heading = len(re.findall(r"<h1\b", heading[1])) if heading else 0
        if len(re.findall(r"<h1\b", words)) != in_heading or (heading and in_heading != 1):
            faults.append(str(path.relative_to(ROOT)))
    assert not faults, faults
