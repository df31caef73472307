"""YAML nodes turned into values. What is wrong is noted with its line and column, and reading goes on: one run names every fault."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from zenne.core.languages import LANGUAGES

from .records import Fault, Ref, Spot, Texts

Node = yaml.Node
Parse = Callable[["Faults", Node], Any]
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
AREA = re.compile(r"(?:region|commune|district|sector):[0-9A-Z]+")
NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,6})?")
MONEY = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
DEEPEST = 20
NOTHING = object()  # what a node gives that has a fault


class Faults(list[Fault]):
    """What is wrong so far."""

    def at(self, node: Node | yaml.Event, reason: str) -> Any:
        self.append(Fault(spot(node), reason))
        return NOTHING


def spot(node: Node | yaml.Event) -> Spot:
    mark = node.start_mark
    assert mark is not None  # what is read from a text stands somewhere in it
    return Spot(mark.line + 1, mark.column + 1)


def compose(data: bytes, faults: Faults) -> Node | None:
    """The tree of the file; None with the fault when it is no YAML."""
    try:
        words = data.decode("utf-8-sig")
        if _is_plain(words, faults):
            node = yaml.compose(words, Loader=LOADER)
            if node is not None:
                return node
            faults.append(Fault(Spot(1, 1), "The file is empty."))
    except UnicodeDecodeError as fault:
        faults.append(Fault(Spot(data[: fault.start].count(b"\n") + 1, 1), "The file is not UTF-8."))
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        where = Spot(mark.line + 1, mark.column + 1) if mark else Spot(1, 1)
        faults.append(Fault(where, f"This is not YAML: {fault.problem or fault.context}."))
    except yaml.YAMLError as fault:
        faults.append(Fault(Spot(1, 1), f"This is not YAML: {str(fault).splitlines()[0]}."))
    return None


def _is_plain(words: str, faults: Faults) -> bool:
    """Whether it can be composed: not so deep that composing would overrun the stack, and nothing that is written once and read twice."""
    depth = 0
    for event in yaml.parse(words, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            faults.at(event, "References (& and *) are not read: write it out.")
        elif depth > DEEPEST:
            faults.at(event, "This is nested deeper than anything in a plan.")
        else:
            continue
        return False
    return True


def text(most: int) -> Parse:
    """Words on one line, neither empty nor longer than `most`."""

    def parse(faults: Faults, node: Node) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            return faults.at(node, "Here stands a text.")
        words = node.value.strip()
        if not words:
            return faults.at(node, "Here stands a text, and it is empty.")
        if len(words) > most:
            return faults.at(node, f"This text has {len(words)} characters; {most} is the most.")
        if "\x00" in words:
            return faults.at(node, "This text has a character that cannot be kept.")
        return words

    return parse


def empty_or(parse: Parse) -> Parse:
    """An empty text, or what `parse` takes."""

    def either(faults: Faults, node: Node) -> Any:
        return "" if isinstance(node, yaml.ScalarNode) and not node.value.strip() else parse(faults, node)

    return either


def texts(most: int) -> Parse:
    """A text in every language."""
    one = text(most)

    def parse(faults: Faults, node: Node) -> Texts | Any:
        if not isinstance(node, yaml.MappingNode):
            return faults.at(node, f"Here stands a text in each language: {', '.join(LANGUAGES)}.")
        found: dict[str, str] = {}
        for name, value in _pairs(faults, node):
            if name in LANGUAGES:
                found[name] = one(faults, value)
            else:
                faults.at(value, f"“{name}” is no language of the platform: {', '.join(LANGUAGES)}.")
        if lacking := [language for language in LANGUAGES if language not in found]:
            return faults.at(node, f"This text is missing in: {', '.join(lacking)}.")
        return NOTHING if NOTHING in found.values() else found

    return parse


def day(faults: Faults, node: Node) -> Any:
    try:
        return date.fromisoformat(node.value if isinstance(node, yaml.ScalarNode) else "")
    except ValueError:
        return faults.at(node, "Here stands a day of the calendar, such as 2030-12-31.")


def number(faults: Faults, node: Node) -> Any:
    if isinstance(node, yaml.ScalarNode) and NUMBER.fullmatch(node.value):
        return Decimal(node.value)
    return faults.at(node, "Here stands a number with a point, such as -6.5, with at most 6 figures after it.")


def cents(faults: Faults, node: Node) -> Any:
    if isinstance(node, yaml.ScalarNode) and MONEY.fullmatch(node.value):
        return int(Decimal(node.value) * 100)
    return faults.at(node, "Here stands an amount in euro, such as 1250.50.")


def whole(least: int, most: int) -> Parse:
    def parse(faults: Faults, node: Node) -> Any:
        if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"\d{1,6}", node.value):
            value = int(node.value)
            if least <= value <= most:
                return value
        return faults.at(node, f"Here stands a whole number from {least} to {most}.")

    return parse


def choice(values: tuple[str, ...]) -> Parse:
    def parse(faults: Faults, node: Node) -> Any:
        if isinstance(node, yaml.ScalarNode) and node.value in values:
            return node.value
        return faults.at(node, f"Here stands one of: {', '.join(values)}.")

    return parse


def key(most: int) -> Parse:
    def parse(faults: Faults, node: Node) -> Any:
        if isinstance(node, yaml.ScalarNode) and KEY.fullmatch(node.value) and len(node.value) <= most:
            return node.value
        return faults.at(node, f"A key is small letters, digits and hyphens, at most {most}: water-use.")

    return parse


def ref(faults: Faults, node: Node) -> Any:
    """The key of something else in the file; `reading` looks whether it is there."""
    if isinstance(node, yaml.ScalarNode) and KEY.fullmatch(node.value):
        return Ref(node.value, spot(node))
    return faults.at(node, "Here stands the key of something else in the file.")


def area(faults: Faults, node: Node) -> Any:
    if isinstance(node, yaml.ScalarNode) and AREA.fullmatch(node.value):
        return Ref(node.value, spot(node))
    return faults.at(node, "Here stands an area as kind and code, such as commune:21004 or district:21.")


def many(parse: Parse) -> Parse:
    """A list; what has a fault is left out."""

    def parse_all(faults: Faults, node: Node) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return faults.at(node, "Here stands a list.")
        found = [parse(faults, each) for each in node.value]
        return tuple(each for each in found if each is not NOTHING)

    return parse_all


@dataclass(frozen=True)
class Field:
    """How the value of a key is read, and which attribute of the record it becomes."""

    attribute: str
    parse: Parse
    required: bool = True


def row(kind: type, fields: Mapping[str, Field]) -> Parse:
    """A mapping as a record of `kind`; its `spot`, where it has one, is the line it begins on."""
    placed = "spot" in kind.__dataclass_fields__  # type: ignore[attr-defined]

    def parse(faults: Faults, node: Node) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return faults.at(node, f"Here stands a mapping with: {', '.join(fields)}.")
        values: dict[str, Any] = {"spot": spot(node)} if placed else {}
        given = set()
        for name, value in _pairs(faults, node):
            given.add(name)
            if name in fields:
                values[fields[name].attribute] = fields[name].parse(faults, value)
            else:
                faults.at(value, f"“{name}” is not known here. Known: {', '.join(fields)}.")
        if lacking := [name for name, field in fields.items() if field.required and name not in given]:
            return faults.at(node, f"This is missing: {', '.join(lacking)}.")
        return NOTHING if NOTHING in values.values() else kind(**values)

    return parse


def _pairs(faults: Faults, node: yaml.MappingNode) -> Iterator[tuple[str, Node]]:
    seen: set[str] = set()
    for name, value in node.value:
        word = name.value if isinstance(name, yaml.ScalarNode) else ""
        if word in seen:
            faults.at(name, f"“{word}” stands here for the second time.")
            continue
        seen.add(word)
        yield word, value
