"""Named registries: a carrier below declares one, every app above fills it from its own file.

    kinds: Registry[ActivityKind] = Registry("activity")     # in the carrier
    kinds.register("ideation", ActivityKind(...))            # in ideas/activity.py

The registry's name is the file it is filled from; `config` lists the names and has each app's file imported once, at start.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")

_registries: list["Registry[Any]"] = []


class Registry(Generic[Item]):
    """A dictionary that refuses to be written twice under one key. Order is that of registration."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, Item] = {}
        _registries.append(self)

    def register(self, key: str, item: Item) -> Item:
        """Add `item` under `key`. Raises ValueError when the key is taken by another item."""
        if key in self._items and self._items[key] != item:
            raise ValueError(f"{self.name}: {key!r} is registered twice")
        self._items[key] = item
        return item

    def __getitem__(self, key: str) -> Item:
        return self._items[key]

    def get(self, key: str) -> Item | None:
        return self._items.get(key)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def items(self) -> list[tuple[str, Item]]:
        return list(self._items.items())

    def values(self) -> list[Item]:
        return list(self._items.values())


def discover(apps: Iterable[str], names: Iterable[str]) -> None:
    """Import `<app>.<name>` of every app (dotted) that has such a file. `config` calls this once, when all models are ready."""
    for name in names:
        for app in apps:
            if find_spec(f"{app}.{name}"):
                import_module(f"{app}.{name}")


def declared() -> set[str]:
    """The names of all registries that exist, for the test that compares them with what `config` discovers."""
    return {registry.name for registry in _registries}
