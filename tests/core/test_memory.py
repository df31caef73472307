import threading
import time

import pytest
from django.db import transaction

from zenne.core import memory as memory_module
from zenne.core.memory import Made, Memory, Queue, Remembered, Renewed


def test_memory_lets_go_of_what_was_least_used():
    memory = Memory(80)
    for name in "abcdefgh":
        memory.put(name, name.upper(), 10)
    assert memory.get("a") == "A"
    memory.put("i", "I", 10)
    assert memory.get("b") is None and memory.get("a") == "A" and memory.weight == 80


def test_memory_does_not_keep_what_would_push_everything_out():
    memory = Memory(80)
    memory.put("small", 1, 10)
    memory.put("large", 2, 11)
    assert memory.get("large") is None and memory.get("small") == 1


def test_memory_weighs_a_value_that_is_replaced_once():
    memory = Memory(80)
    memory.put("a", 1, 10)
    memory.put("a", 2, 5)
    assert memory.get("a") == 2 and memory.weight == 5


def test_queue_has_one_at_a_time_and_leaves_nothing_behind():
    queue = Queue()
    with queue.turn("a") as first, queue.turn("a", wait=False) as second, queue.turn("b", wait=False) as other:
        assert first and not second and other
    with queue.turn("a", wait=False) as again:
        assert again
    assert queue._turns == {}


def test_answer_is_made_once_however_many_ask_at_once():
    remembered, made = Remembered(60), []

    def slowly():
        time.sleep(0.02)
        made.append(1)
        return len(made)

    answers = []
    threads = [threading.Thread(target=lambda: answers.append(remembered.get("key", slowly))) for _each in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 16


def test_answer_is_made_anew_when_its_time_is_over():
    remembered = Remembered(0)
    assert [remembered.get("key", lambda made=made: made) for made in (1, 2)] == [1, 2]


def test_answer_that_failed_is_not_remembered():
    remembered = Remembered(60)
    with pytest.raises(ZeroDivisionError):
        remembered.get("key", lambda: 1 // 0)
    assert remembered.get("key", lambda: 3) == 3


@pytest.mark.django_db(transaction=True)
def test_nothing_is_remembered_inside_a_transaction():
    remembered = Remembered(60)
    with transaction.atomic():
        assert [remembered.get("key", lambda made=made: made) for made in (1, 2)] == [1, 2]
    assert [remembered.get("key", lambda made=made: made) for made in (3, 4)] == [3, 3]


class TestRenewed:
    @pytest.fixture
    def clock(self, monkeypatch):
        class Clock:
            now = 1000.0

            def monotonic(self):
                return self.now

        shown = Clock()
        monkeypatch.setattr(memory_module, "time", shown)
        return shown

    @pytest.fixture
    def made(self, clock):
        return []

    @pytest.fixture
    def ask(self, made):
        renewed = Renewed(1000, fresh=2.0, stale=0.5)

        def make(began):
            made.append(began)
            return Made(len(made), 10, began)

        return lambda make=make: renewed.get("key", make)

    def test_is_made_once_while_it_is_fresh(self, ask, clock):
        assert ask().value == 1
        clock.now += 1.9
        assert ask().value == 1
        clock.now += 0.2
        assert ask().value == 2

    def test_others_are_given_the_one_before_while_one_makes_it_anew(self, ask, clock):
        ask()
        clock.now += 2.1
        meanwhile = []
        ask(lambda began: meanwhile.append(ask().value) or Made(7, 10, began))
        assert meanwhile == [1] and ask().value == 7

    def test_may_be_as_old_as_what_it_was_made_from(self, ask, clock):
        ask(lambda began: Made("old", 10, began - 1.5))
        clock.now += 0.6
        assert ask().value == 1

    def test_keeps_nothing_where_nothing_was_made(self, ask):
        assert ask(lambda began: None) is None
        assert ask().value == 1
