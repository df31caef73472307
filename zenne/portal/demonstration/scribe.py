"""The volume's ideas, batch by batch, with everything that belongs to them: versions, steps, answers, supports and comments."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from math import gcd
from random import Random
from typing import TypeVar

from zenne.core.languages import DEFAULT, LANGUAGES, attribute
from zenne.participation.comments.enums import CommentState
from zenne.participation.comments.kinds import kind_of
from zenne.participation.comments.models import Comment
from zenne.participation.ideas.enums import LISTED, NEEDS_REASON, Channel
from zenne.participation.ideas.models import Idea, OfficialAnswer, StatusChange, Support, Version
from zenne.participation.ideas.models.idea import CIRCLE
from zenne.participation.processes.models import Activity
from zenne.people.accounts.models import Person
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Place
from zenne.places.areas.queries import areas_at

from .outlines import Outline, S
from .vocabulary import TONGUES, Writer

Row = TypeVar("Row")
BATCH = 1000
SPOTS = 400


@dataclass(frozen=True)
class Spot:
    name: str
    lon: float
    lat: float
    commune: int | None
    district: int | None


def batches(things: Iterable[Row], size: int) -> Iterator[list[Row]]:
    things = iter(things)
    while batch := list(islice(things, size)):
        yield batch


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


def first_name(random: Random) -> str:
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
            if AreaKind.COMMUNE in areas:
                district = areas.get(AreaKind.DISTRICT)
                spots.append(Spot(name_fr, lon, lat, areas[AreaKind.COMMUNE].pk, district.pk if district else None))
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
            author_name=first_name(random) if on_paper else "",
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
