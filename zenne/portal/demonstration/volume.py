"""Plausible volume for benchmarks.

Volume goes around the verbs, for speed: rows are inserted in batches, without history and without messages. What the verbs keep exact is
exact here too: counters, versions, the steps of each idea, the search columns (which the database computes itself). One batch is one
transaction, so an interrupted filling leaves nothing half done; memory does not grow with the numbers asked for.
"""

import time
from array import array
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, transaction

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES
from zenne.participation.comments.models import Comment
from zenne.participation.ideas.models import Idea, OfficialAnswer, StatusChange, Support, Version
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area, Residence

from .calls import OPEN_SINCE, call_to_fill
from .outlines import outlines
from .scribe import BATCH, Scribe, batches, first_name
from .sowing import sow

#: So many ideas are written word by word, with all supports and comments; those beyond are copied from them by the database (`sowing`).
WRITTEN = 10_000


def fill(
    *,
    ideas: int,
    comments: int,
    supports: int,
    people: int,
    process: str | None = None,
    now: datetime,
    report: Callable[[str], None] = lambda line: None,
    seed: int = 2026,
) -> Process:
    """Fill a process (by default a new one of the Region, with an open call) with invented ideas, comments and supports of new people.

    The same numbers and seed give the same volume. Raises Invalid where the numbers cannot be, or where there is nothing to fill.
    """
    if ideas < 1 and (comments or supports):
        raise Invalid("Comments and supports need ideas.")
    by_hand = min(ideas, WRITTEN)
    if ideas and (people < 2 or supports > by_hand * (people - 1) // 2):
        raise Invalid("That many supports need more people, or more ideas.")
    begun = time.monotonic()
    activity = call_to_fill(process, now)
    random = Random(f"{seed}")  # noqa: S311 - invented texts, not secrets
    crowd = _people(people, random, now)
    report(f"{people} people, {time.monotonic() - begun:.0f} s")
    scribe = Scribe(activity, crowd, random, now)
    done = 0
    written = array("q")
    for batch in batches(outlines(by_hand, supports, comments, people, seed), BATCH):
        with transaction.atomic():
            written.extend(scribe.write(batch))
        done += len(batch)
        report(f"{done} ideas with what belongs to them, {time.monotonic() - begun:.0f} s")
    if ideas > by_hand:
        sow(
            activity,
            number=ideas - by_hand,
            written=written,
            crowd=crowd,
            report=lambda line: report(f"{line}, {time.monotonic() - begun:.0f} s"),
        )
    _tidy()
    return activity.process


def _tidy() -> None:
    """What PostgreSQL would do by itself within minutes: count what there is and, for answers from indexes alone, note which pages all can see."""
    verb = "analyze" if connection.in_atomic_block else "vacuum (analyze)"
    with connection.cursor() as cursor:
        for model in (Idea, OfficialAnswer, Version, StatusChange, Support, Comment, Person):
            cursor.execute(f"{verb} {connection.ops.quote_name(model._meta.db_table)}")


@transaction.atomic
def _people(count: int, random: Random, now: datetime) -> "array[int]":
    """So many new people with a confirmed address and a commune. Their keys; nothing else of them is kept in memory."""
    first = Person.objects.filter(email__startswith="volume-", email__endswith="@example.org").count()
    communes = list(Area.objects.filter(kind=AreaKind.COMMUNE).order_by("code").values_list("pk", flat=True))
    keys = array("q")
    for numbers in batches(range(first + 1, first + count + 1), BATCH):
        made = Person.objects.bulk_create(
            Person(
                email=f"volume-{number}@example.org",
                name=f"{first_name(random)} {number}",
                password=f"{UNUSABLE_PASSWORD_PREFIX}{number:040d}",
                language=random.choices(LANGUAGES, weights=(55, 30, 15))[0],
                birth_year=random.randint(1935, 2009),
                joined_at=now - OPEN_SINCE - timedelta(hours=random.randint(1, 2000)),
            )
            for number in numbers
        )
        EmailAddress.objects.bulk_create(
            EmailAddress(user=person, email=person.email, primary=True, verified=True) for person in made
        )
        if communes:
            Residence.objects.bulk_create(
                Residence(person=person, commune_id=random.choice(communes), changed_at=person.joined_at)
                for person in made
            )
        keys.extend(person.pk for person in made)
    return keys
