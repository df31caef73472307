"""Plausible volume for benchmarks.

Volume goes around the verbs, for speed: rows are inserted in batches, without history and without messages. What the verbs keep exact is
exact here too: counters, versions, the steps of each idea, the search columns (which the database computes itself). One batch is one
transaction, so an interrupted filling leaves nothing half done; memory does not grow with the numbers asked for.
"""

import time
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from math import gcd
from random import Random
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, transaction

from zenne.core.errors import Invalid
from zenne.core.languages import DEFAULT, LANGUAGES, attribute
from zenne.participation.comments.enums import CommentState
from zenne.participation.comments.kinds import kind_of
from zenne.participation.comments.models import Comment
from zenne.participation.ideas.enums import LISTED, NEEDS_REASON, Channel, IdeaState
from zenne.participation.ideas.models import Idea, OfficialAnswer, StatusChange, Support, Version
from zenne.participation.ideas.models.idea import CIRCLE
from zenne.participation.processes import actions
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Activity, Process, Theme
from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import host
from zenne.places.areas.enums import Kind
from zenne.places.areas.models import Area, Place, Residence
from zenne.places.areas.queries import areas_at

from .sowing import sow
from .vocabulary import TONGUES, Writer

Row = TypeVar("Row")
BATCH = 1000
SPOTS = 400
#: So many ideas are written word by word, with all supports and comments; those beyond are copied from them by the database (`sowing`).
WRITTEN = 10_000
OPEN_SINCE = timedelta(days=60)
OPEN_FOR = timedelta(days=300)

S = IdeaState
#: From sending to where it stands, and how many ideas of a thousand stand there.
WAYS: dict[tuple[IdeaState, ...], int] = {
    (S.SUBMITTED, S.PUBLISHED): 690,
    (S.SUBMITTED, S.PUBLISHED, S.ADMISSIBLE): 130,
    (S.SUBMITTED, S.PUBLISHED, S.INADMISSIBLE): 40,
    (S.SUBMITTED, S.PUBLISHED, S.ADMISSIBLE, S.SHORTLISTED): 50,
    (S.SUBMITTED, S.PUBLISHED, S.ADMISSIBLE, S.NOT_SHORTLISTED): 30,
    (S.SUBMITTED, S.PUBLISHED, S.ADMISSIBLE, S.SHORTLISTED, S.SELECTED): 10,
    (S.SUBMITTED, S.PUBLISHED, S.ADMISSIBLE, S.SHORTLISTED, S.NOT_SELECTED): 10,
    (S.SUBMITTED, S.PUBLISHED, S.WITHDRAWN): 10,
    (S.SUBMITTED, S.REJECTED): 10,
    (S.SUBMITTED,): 20,
}
TITLES = {
    "fr": ("Grand appel à idées {number}", "Un appel rempli pour mesurer la plateforme.", "Vos idées"),
    "nl": ("Grote oproep voor ideeën {number}", "Een gevulde oproep om het platform te meten.", "Uw ideeën"),
    "en": ("Large call for ideas {number}", "A call filled to measure the platform.", "Your ideas"),
}
THEMES = (
    ("nature", "Nature en ville", "Natuur in de stad", "Nature in the city", "leaf"),
    ("mobility", "Se déplacer", "Verplaatsingen", "Getting around", "bike"),
    ("culture", "Culture", "Cultuur", "Culture", "music"),
    ("sport", "Sport", "Sport", "Sport", "ball-football"),
    ("care", "Entraide", "Zorg voor elkaar", "Care", "heart-handshake"),
    ("school", "École", "School", "School", "school"),
)


@dataclass(frozen=True)
class Outline:
    """What one idea will be, before its words: where it stands and how much of what it draws."""

    way: tuple[IdeaState, ...]
    supports: int
    comments: int


@dataclass(frozen=True)
class Spot:
    name: str
    lon: float
    lat: float
    commune: int | None
    district: int | None


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
    activity = _activity(process, now)
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
    with connection.cursor() as cursor:
        for model in (Idea, Support, Comment, Person):
            cursor.execute(f"analyze {connection.ops.quote_name(model._meta.db_table)}")
    return activity.process


def batches(things: Iterable[Row], size: int) -> Iterator[list[Row]]:
    things = iter(things)
    while batch := list(islice(things, size)):
        yield batch


def outlines(ideas: int, supports: int, comments: int, people: int, seed: int) -> Iterator[Outline]:
    """Every idea's outline; few ideas draw much, many draw little, and the sums are exactly what was asked."""
    total_supports = total_comments = 0.0
    for _way, pull, talk in _weighed(ideas, seed):
        total_supports, total_comments = total_supports + pull, total_comments + talk
    backers = shares(supports, (pull for _way, pull, _talk in _weighed(ideas, seed)), total_supports, most=people - 1)
    talkers = shares(comments, (talk for _way, _pull, talk in _weighed(ideas, seed)), total_comments)
    for (way, _pull, _talk), backed, said in zip(_weighed(ideas, seed), backers, talkers, strict=True):
        yield Outline(way, backed, said)


def _weighed(ideas: int, seed: int) -> Iterator[tuple[tuple[IdeaState, ...], float, float]]:
    """The way of each idea and how strongly it draws supports and comments. The first one is public, so that all sums can be reached."""
    random = Random(f"{seed} outlines")  # noqa: S311
    ways, chances = list(WAYS), list(WAYS.values())
    for number in range(ideas):
        way = random.choices(ways, weights=chances)[0] if number else ways[0]
        pull, talk = random.paretovariate(1.3), random.paretovariate(1.6)
        shown = way[-1] in LISTED
        yield way, pull if shown else 0.0, talk if shown else 0.0


def shares(total: int, weights: Iterable[float], sum_of_weights: float, *, most: int | None = None) -> Iterator[int]:
    """`total` divided by weight, in whole numbers that add up. What is above `most` goes to the next ones that have a weight."""
    passed, given = 0.0, 0
    for weight in weights:
        passed += weight
        due = round(total * passed / sum_of_weights) - given if sum_of_weights else 0
        share = 0 if weight == 0.0 else due if most is None else min(due, most)
        given += share
        yield share


def _activity(slug: str | None, now: datetime) -> Activity:
    """The open call for ideas of that process, or of a new one."""
    if not slug:
        return _new_call(now)
    calls = Activity.objects.filter(kind="ideation", phase__process__slug=slug).select_related("phase__process")
    found = (
        calls.exclude(phase__process__state=ProcessState.DRAFT).order_by("phase__position", "position", "id").first()
    )
    if found is None:
        raise Invalid(f"There is no published process “{slug}” with a call for ideas.")
    return found


def _new_call(now: datetime) -> Activity:
    organisation, by = host(), Person.objects.filter(is_superuser=True, is_active=True).order_by("id").first()
    if organisation is None or by is None:
        raise Invalid("Volume needs an organisation and a platform administrator: load the demonstration city first.")
    number = 1 + Process.objects.filter(slug__startswith="volume-").count()
    opens = now - OPEN_SINCE
    before = opens - timedelta(days=1)
    values: dict[str, object] = {"slug": f"volume-{number}"}
    call: dict[str, object] = {}
    for language, (title, summary, activity_title) in TITLES.items():
        values |= {attribute("title", language): title.format(number=number), attribute("summary", language): summary}
        call[attribute("title", language)] = activity_title
    process = actions.create_process(organisation=organisation, values=values, by=by, now=before)
    for language, (_title, summary, _activity_title) in TITLES.items():
        body = [{"type": "paragraph", "value": f"<p>{summary}</p>"}]
        actions.write_description(process, language=language, body=body, by=by, now=before)
    for hue, (slug, *titles, icon) in enumerate(THEMES, 1):
        words: dict[str, object] = {
            attribute("title", language): title for language, title in zip(LANGUAGES, titles, strict=True)
        }
        actions.add_content(process, Theme, values={**words, "slug": slug, "icon": icon, "hue": hue}, by=by, now=before)
    window = {"opens_at": opens, "closes_at": opens + OPEN_FOR}
    phase = actions.add_phase(process, values={**call, **window}, by=by, now=before)
    activity = actions.add_activity(phase, kind="ideation", values=call, by=by, now=before)
    process = actions.publish_process(process, by=by, now=before)
    activity = Activity.objects.select_related("phase__process").get(pk=activity.pk)
    return actions.ensure_frozen(activity, now=opens)


@transaction.atomic
def _people(count: int, random: Random, now: datetime) -> "array[int]":
    """So many new people with a confirmed address and a commune. Their keys; nothing else of them is kept in memory."""
    first = Person.objects.filter(email__startswith="volume-", email__endswith="@example.org").count()
    communes = list(Area.objects.filter(kind=Kind.COMMUNE).order_by("code").values_list("pk", flat=True))
    keys = array("q")
    for numbers in batches(range(first + 1, first + count + 1), BATCH):
        made = Person.objects.bulk_create(
            Person(
                email=f"volume-{number}@example.org",
                name=f"{_first_name(random)} {number}",
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


NAMES = [
    "Amina",
    "Jan",
    "Marie",
    "Mohamed",
    "Sofie",
    "Luc",
    "Fatima",
    "Pieter",
    "Claire",
    "Youssef",
    "An",
    "Nicolas",
    "Leïla",
    "Tom",
    "Anne",
    "Mehmet",
    "Els",
    "David",
    "Inès",
    "Bart",
]


def _first_name(random: Random) -> str:
    return random.choice(NAMES)


class Scribe:
    """Writes batches of ideas with everything that belongs to them."""

    def __init__(self, activity: Activity, crowd: "array[int]", random: Random, now: datetime) -> None:
        self.activity, self.process, self.crowd, self.random = activity, activity.process, crowd, random
        self.now = now
        opens, closes = activity.window()
        self.opens, self.until = opens, min(now, closes or now)
        themes = self.process.themes.order_by("position", "id").values_list("pk", flat=True)
        self.themes: list[int | None] = [*themes] or [None]
        self.staff = Person.objects.filter(is_superuser=True).order_by("id").values_list("pk", flat=True).first()
        self.spots = self._spots()
        self.kind = kind_of(Idea())

    def write(self, batch: list[Outline]) -> list[int]:
        """One batch. The keys of its ideas."""
        ideas = Idea.objects.bulk_create([self._idea(outline) for outline in batch])
        pairs = list(zip(ideas, batch, strict=True))
        Version.objects.bulk_create(
            Version(
                idea=idea,
                number=1,
                title=idea.title,
                text=idea.text,
                language=idea.language,
                written_by_id=idea.author_id or self.staff,
                written_at=idea.submitted_at,
            )
            for idea in ideas
        )
        StatusChange.objects.bulk_create(
            (step for idea, outline in pairs for step in self._steps(idea, outline)), BATCH
        )
        OfficialAnswer.objects.bulk_create(self._answer(idea, idea.answered_at) for idea in ideas if idea.answered_at)
        for voices in batches((row for idea, outline in pairs for row in self._supports(idea, outline)), BATCH):
            Support.objects.bulk_create(voices)
        for said in batches((row for idea, outline in pairs for row in self._comments(idea, outline)), BATCH):
            Comment.objects.bulk_create(row for row in said if row.parent is None)
            Comment.objects.bulk_create(row for row in said if row.parent is not None)
        return [idea.pk for idea in ideas]

    def _between(self, start: datetime, end: datetime) -> datetime:
        return start + (end - start) * self.random.random()

    def _spots(self) -> list[Spot]:
        """Places that have a name, spread over the communes, each with the areas it truly lies in."""
        found = list(Place.objects.order_by("pk").values_list("name_fr", "name_nl", "lon", "lat"))
        chosen = self.random.sample(found, min(SPOTS, len(found)))
        spots = []
        for name_fr, _name_nl, lon, lat in chosen:
            areas = areas_at(lon, lat)
            if Kind.COMMUNE in areas:
                district = areas.get(Kind.DISTRICT)
                spots.append(Spot(name_fr, lon, lat, areas[Kind.COMMUNE].pk, district.pk if district else None))
        return spots

    def _idea(self, outline: Outline) -> Idea:
        random = self.random
        language = random.choices(LANGUAGES, weights=(55, 30, 15))[0]
        spot = random.choice(self.spots) if self.spots and random.random() < 0.6 else None
        writer = Writer(random, language, spot.name if spot else "")
        sent = self._between(self.opens, self.until)
        on_paper = random.random() < 0.03
        state = outline.way[-1]
        answered = state in LISTED and random.random() < 0.2
        deleted = sum(self._is_deleted(number) for number in range(outline.comments))
        return Idea(
            activity=self.activity,
            process=self.process,
            theme_id=random.choice(self.themes),
            author_id=None if on_paper else random.choice(self.crowd),
            author_name=_first_name(random) if on_paper else "",
            channel=Channel.PAPER if on_paper else Channel.ONLINE,
            entered_by_id=self.staff if on_paper else None,
            title=writer.title(),
            text=writer.text(),
            language=language,
            state=state,
            created_at=sent,
            submitted_at=sent,
            published_at=sent if S.PUBLISHED in outline.way else None,
            answered_at=self._between(sent, self.now) if answered else None,
            lon=spot.lon if spot else None,
            lat=spot.lat if spot else None,
            address=spot.name if spot else "",
            commune_id=spot.commune if spot else None,
            district_id=spot.district if spot else None,
            support_count=outline.supports,
            comment_count=outline.comments - deleted,
            shuffle=random.randrange(CIRCLE),
        )

    @staticmethod
    def _is_deleted(number: int) -> bool:
        """Every fiftieth comment of an idea was taken back by its author."""
        return number % 50 == 49

    def _steps(self, idea: Idea, outline: Outline) -> Iterator[StatusChange]:
        moment, before = idea.submitted_at, ""
        reason = {f"reason_{language}": tongue.reason for language, tongue in TONGUES.items()}
        for after in outline.way:
            by = None if after == S.PUBLISHED else idea.author_id if after in (S.SUBMITTED, S.WITHDRAWN) else self.staff
            words = reason if (before, after) in NEEDS_REASON else {}
            yield StatusChange(idea=idea, before=before, after=after, changed_by_id=by, changed_at=moment, **words)
            before = after
            if after != S.SUBMITTED:
                moment = self._between(moment, self.now)

    def _answer(self, idea: Idea, moment: datetime) -> OfficialAnswer:
        words = {
            attribute("body", language): Writer(self.random, language, idea.address).answer() for language in LANGUAGES
        }
        return OfficialAnswer(idea=idea, number=1, author_id=self.staff, published_at=moment, **words)

    def _supports(self, idea: Idea, outline: Outline) -> Iterator[Support]:
        for person in self._different_people(outline.supports, but=idea.author_id):
            yield Support(idea=idea, person_id=person, value=1, given_at=self._between(idea.submitted_at, self.until))

    def _different_people(self, count: int, *, but: int | None) -> Iterator[int]:
        """So many people, nobody twice: a walk round the crowd in steps that have no divisor in common with its size."""
        size = len(self.crowd)
        place, step = self.random.randrange(size), self._step(size)
        while count:
            person = self.crowd[place]
            place = (place + step) % size
            if person != but:
                yield person
                count -= 1

    def _step(self, size: int) -> int:
        step = self.random.randrange(1, size) if size > 1 else 1
        while gcd(step, size) != 1:
            step = step % (size - 1) + 1
        return step

    def _comments(self, idea: Idea, outline: Outline) -> Iterator[Comment]:
        """A third are replies to the first of the latest thread."""
        thread: Comment | None = None
        moment = idea.submitted_at
        for number in range(outline.comments):
            moment = self._between(moment, moment + (self.until - moment) / 4)
            deleted = self._is_deleted(number)
            language = idea.language if self.random.random() < 0.8 else DEFAULT
            parent = thread if thread is not None and self.random.random() < 0.33 else None
            made = Comment(
                activity=self.activity,
                about_type=self.kind,
                about_id=idea.pk,
                parent=parent,
                author_id=self.random.choice(self.crowd),
                text="" if deleted else Writer(self.random, language, idea.address).comment(),
                language=language,
                state=CommentState.DELETED if deleted else CommentState.PUBLISHED,
                created_at=moment,
                ended_at=self.until if deleted else None,
            )
            if parent is None and not deleted:
                thread = made
            yield made
