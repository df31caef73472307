"""Staff read words in a history, never codes: every event that the code records has them, in every language."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation import override

from zenne.participation.ideas.enums import IdeaState
from zenne.participation.processes.actions.content import NOUNS
from zenne.people.history.kinds import PLAIN, READ, events, in_words
from zenne.people.moderation.enums import Outcome, Verdict
from zenne.strategy.governance.enums import STEPS

HOUSE = Path(__file__).resolve().parents[3] / "zenne"
CODE = re.compile(r"[a-z_]+\.[a-z_-]+")
# `record` itself, and the short ways to it that fill in what an app always says
RECORDING = ("record", "record_step", "note", "told", "keep", "together")
# events whose code is put together when they happen, by the expression that does it
PUT_TOGETHER = {
    "f'idea.{after}'": {f"idea.{state}" for state in IdeaState if state != IdeaState.SUBMITTED},
    "f'contribution.{made.verdict}'": {f"contribution.{verdict}" for verdict in Verdict},
    "f'appeal.{outcome}'": {f"appeal.{outcome}" for outcome in Outcome},
    "f'{rule._meta.model_name}.{verb}'": {
        f"{name}.{verb}" for name in ("flagrule", "flaggedword") for verb in ("created", "changed")
    },
    "f'{NOUNS[model]}.added'": {f"{noun}.added" for noun in NOUNS.values()},
    "f'{NOUNS[model]}.moved'": {f"{noun}.moved" for noun in NOUNS.values()},
    "f'{NOUNS[type(item)]}.edited'": {f"{noun}.edited" for noun in NOUNS.values()},
    "f'{NOUNS[type(item)]}.deleted'": {f"{noun}.deleted" for noun in NOUNS.values()},
    "f'{noun}.extended'": {"phase.extended", "activity.extended"},
    "f'plan.{to.value}'": {"plan.replaced", "plan.archived"},
    "f'revision.{to.value}'": {"revision.valid", "revision.refused"},
    "f'review.{before}'": {f"review.{step}" for step in STEPS},
    "EVENTS[to]": {"lottery.declined", "lottery.lapsed", "lottery.left"},
    # any screen of the back office whose app has no action of its own for it
    "f'{self.model_name}.{verb}'": {
        f"{name}.{verb}" for name in ("area", "terms", "service", "body") for verb in ("created", "changed")
    },
    "f'{self.model_name}.deleted'": {
        f"{name}.deleted"
        for name in ("area", "group", "terms", "flaggedword", "service", "body", "seat", "call", "entry")
    },
}


@cache
def recorded() -> dict[str, str]:
    """Every code that a call of `record` (or of a short way to it) may write, with the file that does."""
    found = {READ: "people/history/actions.py"}  # written for many people at once, without a call of `record`
    for file in (path for path in HOUSE.rglob("*.py") if "demonstration" not in path.parts):
        tree = ast.parse(file.read_text())
        for part in ast.walk(tree):
            if isinstance(part, ast.FunctionDef):
                for code in codes_of(part):
                    found[code] = str(file.relative_to(HOUSE))
    return found


def codes_of(function: ast.FunctionDef) -> set[str]:
    every = [part for part in ast.walk(function) if isinstance(part, ast.Call)]
    calls = [call for call in every if name_of(call).endswith(RECORDING)]
    values: list[ast.expr] = [value for call in calls for value in call.args]
    values += [given.value for call in every for given in call.keywords if given.arg == "event"]
    named = {value.id for value in values if isinstance(value, ast.Name)}
    values.extend(
        part.value
        for part in ast.walk(function)
        if isinstance(part, ast.Assign) and any(isinstance(to, ast.Name) and to.id in named for to in part.targets)
    )
    codes: set[str] = set()
    for value in values:
        if isinstance(value, ast.JoinedStr) or ast.unparse(value) in PUT_TOGETHER:
            codes |= PUT_TOGETHER[ast.unparse(value)]  # a new one: say above what it may become
        else:
            constants = [part.value for part in ast.walk(value) if isinstance(part, ast.Constant)]
            codes |= {code for code in constants if isinstance(code, str) and CODE.fullmatch(code)}
    return codes


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_every_recorded_event_has_words():
    wordless = {
        code: file
        for code, file in recorded().items()
        if code not in events and (code.partition(".")[0] != "area" or code.partition(".")[2] not in PLAIN)
    }
    assert len(recorded()) > 80
    assert not wordless


def test_no_words_for_events_that_nothing_records():
    assert set(events) <= set(recorded())


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_words_are_translated(language):
    with override("en"):
        english = {code: str(words) for code, words in [*events.items(), *PLAIN.items()]}
    with override(language):
        same = {code for code, words in [*events.items(), *PLAIN.items()] if str(words) == english[code]}
    assert not same


def test_an_event_without_words_still_says_what_was_done():
    with override("en"):
        assert in_words("organisation.opened") == "Organisation went live"
        assert in_words("area.changed") == "Area changed"
        assert in_words("lantern.put_out") == "Put out"
