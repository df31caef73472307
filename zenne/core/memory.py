"""What one web process keeps in its own memory for a moment, so that it need not be made twice.

`Memory` is a box with a bound on its bytes; the least used goes first. `Remembered` keeps answers for a few seconds and lets one thread
make each while the others wait for it; with `Renewed` the others are given the one before. Nothing kept here is the truth: every process
may forget everything at any time.
"""

import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection

Value = TypeVar("Value")

LONGEST_WAIT_SECONDS = 10.0

#: How old what pages show may be by a memory of this kind. A kept page (`zenne.web.page_cache`) may be made from it: together they stay under five seconds.
A_MOMENT = 2.0

_all: "weakref.WeakSet[Memory[Any]]" = weakref.WeakSet()


def forget_everything() -> None:
    """Empty every memory of this process: between tests, whose databases are not the same."""
    for memory in _all:
        memory.clear()


class Memory(Generic[Value]):
    """Values by key, at most `most` bytes of them as their makers weighed them. Safe between threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.weight = 0
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()
        _all.add(self)

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, weight: int) -> None:
        """Keep a value; what is heavier than an eighth of the whole is not kept at all."""
        with self._lock:
            _gone, before = self._kept.pop(key, (None, 0))
            self.weight -= before
            if weight > self.most // 8:
                return
            self._kept[key] = value, weight
            self.weight += weight
            while self.weight > self.most:
                _key, (_value, lost) = self._kept.popitem(last=False)
                self.weight -= lost

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.weight = 0

    def __len__(self) -> int:
        return len(self._kept)


class Queue:
    """One thread at a time for each key. Who waited too long goes on without."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns: dict[Hashable, tuple[threading.Lock, int]] = {}

    @contextmanager
    def turn(self, key: Hashable, *, wait: bool = True) -> Iterator[bool]:
        """Whether it is our turn. With `wait=False`, False at once when somebody else has it."""
        with self._lock:
            lock, waiting = self._turns.get(key, (threading.Lock(), 0))
            self._turns[key] = lock, waiting + 1
        ours = lock.acquire(timeout=LONGEST_WAIT_SECONDS) if wait else lock.acquire(blocking=False)
        try:
            yield ours
        finally:
            if ours:
                lock.release()
            with self._lock:
                lock, waiting = self._turns.pop(key)
                if waiting > 1:
                    self._turns[key] = lock, waiting - 1


class Remembered(Generic[Value]):
    """Answers that may be `seconds` old.

    Inside a transaction nothing is remembered and nothing is taken from memory: it may see what nobody else will ever see, and what it
    decides must rest on what is true now.
    """

    def __init__(self, seconds: float = A_MOMENT, most: int = 1024) -> None:
        self.seconds = seconds
        self._answers: Memory[tuple[float, Value]] = Memory(most)  # each weighs 1: the bound is on their number
        self._queue = Queue()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        if connection.in_atomic_block:
            return make()
        found = self._answers.get(key)
        if found is not None and time.monotonic() < found[0]:
            return found[1]
        with self._queue.turn(key):
            found = self._answers.get(key)
            if found is None or time.monotonic() >= found[0]:
                until = time.monotonic() + self.seconds
                found = until, make()
                self._answers.put(key, found, 1)
            return found[1]

    def clear(self) -> None:
        self._answers.clear()


@dataclass(frozen=True)
class Made(Generic[Value]):
    """Something kept: its weight in bytes, and since when it can be out of date (on the monotonic clock)."""

    value: Value
    weight: int
    began: float


class Renewed(Generic[Value]):
    """Values that are good for `fresh` seconds from when their making began.

    Then one thread makes it anew; for `stale` seconds more the others are still given the one before. Nobody is given anything older.
    """

    def __init__(self, most: int, *, fresh: float, stale: float) -> None:
        self.fresh, self.stale = fresh, stale
        self._kept: Memory[Made[Value]] = Memory(most)
        self._queue = Queue()

    def get(self, key: Hashable, make: Callable[[float], Made[Value] | None]) -> Made[Value] | None:
        """What is kept under the key, else what `make` makes, told when it began; None, and nothing kept, where it made nothing to keep."""
        kept = self._kept.get(key)
        age = self._age(kept)
        if age < self.fresh:
            return kept
        with self._queue.turn(key, wait=age >= self.fresh + self.stale) as ours:
            if not ours and kept:
                return kept
            newer = self._kept.get(key)
            if self._age(newer) < self.fresh:
                return newer
            made = make(time.monotonic())
            if made is not None:
                self._kept.put(key, made, made.weight)
            return made

    def _age(self, made: Made[Value] | None) -> float:
        return time.monotonic() - made.began if made else self.fresh + self.stale

    def __len__(self) -> int:
        return len(self._kept)
