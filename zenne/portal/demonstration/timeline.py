"""What happened, in the order in which it happened."""

from collections.abc import Callable
from datetime import datetime
from typing import Any


class Timeline:
    """Events are collected in any order and run by their moment; at the same moment, in the order in which they were told."""

    def __init__(self) -> None:
        self._events: list[tuple[datetime, int, Callable[[datetime], Any]]] = []

    def add(self, moment: datetime, happen: Callable[[datetime], Any]) -> None:
        """`happen` is called with its moment."""
        self._events.append((moment, len(self._events), happen))

    def run(self, *, until: datetime) -> int:
        """Let everything happen. Raises ValueError for an event that lies after `until`: nothing happens in the future."""
        for moment, _number, happen in sorted(self._events, key=lambda event: event[:2]):
            if moment > until:
                raise ValueError(f"an event of the demonstration lies in the future, at {moment}")
            happen(moment)
        return len(self._events)
