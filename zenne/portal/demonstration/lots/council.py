"""A panel drawn by lot, its meeting and its advices, each deed through its verb: the register is drawn from, letters go out and are answered, odds are
committed, dice are read, seats confirmed, declined and replaced, what is known of people destroyed; then the room meets, writes, and a body answers, or is late."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from random import Random

from zenne.core import clock
from zenne.core.clock import in_brussels
from zenne.methods.lottery import register
from zenne.participation.advices import actions as advices
from zenne.participation.advices.enums import Verdict
from zenne.participation.advices.models import Advice
from zenne.participation.decisions import actions as promises
from zenne.participation.decisions.enums import BodyRole
from zenne.participation.decisions.models import Body
from zenne.participation.meetings import actions as meetings
from zenne.participation.meetings.models import Meeting
from zenne.participation.panels import actions as panels
from zenne.participation.panels import queries as seated
from zenne.participation.panels.enums import Change, DraftState
from zenne.participation.panels.models import Draft, Panel
from zenne.participation.processes.actions import set_permissions
from zenne.participation.processes.enums import Action
from zenne.participation.sortition import actions, computing, framing, proposing, queries
from zenne.participation.sortition.enums import CategoryKind, Channel, Says, Source
from zenne.participation.sortition.models import Category, Draw, Feature, Import, Invitation, Lottery, Offer
from zenne.people.access.enums import Level
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area

from .. import drawn
from ..processes import Staging, texts
from .frame import register as invented

CATEGORIES = (
    CategoryKind.AGE,
    CategoryKind.GENDER,
    CategoryKind.PLACE,
    CategoryKind.EDUCATION,
    CategoryKind.LANGUAGE,
)
LEFT_OUT = (CategoryKind.LANGUAGE, "other")
BY_POST = 5
"""Every fifth yes comes by post, and so does every second no."""


class Council:
    """Puts the draw and the work of one panel on the timeline of its process."""

    def __init__(self, staging: Staging, described: drawn.Drawing) -> None:
        self.staging, self.described = staging, described
        said = described.lottery
        self.activity = staging.activities[said.phase, said.activity]
        self.by = staging.person(said.by)
        self.commune = Area.objects.get(kind=AreaKind.COMMUNE, code=staging.commune)

    @property
    def lottery(self) -> Lottery:
        return queries.lotteries().get(pk=self.activity.pk)

    @property
    def draw(self) -> Draw:
        return Draw.objects.select_related("lottery").get(lottery=self.activity.pk)

    @property
    def panel(self) -> Panel:
        panel = self.lottery.panel
        assert panel is not None  # formed by the draw
        return seated.panels().get(pk=panel.pk)

    def plan(self) -> None:
        said, add = self.described.lottery, self.staging.timeline.add
        self._design(self.staging.described.created_at)
        add(said.framed_at, self._frame)
        add(said.sent_at, lambda now: actions.send_letters(self.lottery, by=self.by, now=now))
        add(said.sent_at, self._collect_answers)
        add(said.answer_until, lambda now: actions.close(self.lottery, now=now))
        add(said.checked_at, self._check)
        add(said.computed_at, self._compute)
        add(said.committed_at, self._commit)
        add(said.dice.at, self._read)
        add(said.drawn_at, lambda now: actions.draw_panel(self.draw, by=self.by, now=now))
        add(said.confirmed_at, self._confirm)
        add(said.declined_at, self._decline)
        add(said.replaced_at, self._confirm)
        add(said.destroyed_at, lambda now: actions.destroy_frame(self.lottery, by=self.by, now=now))
        self._plan_work()

    # The draw

    def _design(self, now: datetime) -> None:
        said = self.described.lottery
        values: dict[str, object] = {
            "size": said.size,
            "source": Source.DICE,
            "answer_until": said.answer_until,
            "begins_on": said.begins_on,
            "ends_on": said.ends_on,
            "area": self.commune,
            "letters": said.register.letters,
            "email": self.staging.described.contact.email,
        }
        words = {"letter": said.letter, "signed_by": said.signed_by}
        actions.change_lottery(self.lottery, values=values, words=words, by=self.by, now=now)
        for kind in CATEGORIES:
            proposed = proposing.proposal(kind, self.commune)
            actions.add_category(self.lottery, proposed, by=self.by, now=now)
        kind, key = LEFT_OUT
        actions.remove_group(
            Feature.objects.get(category__lottery=self.lottery, category__kind=kind, key=key), by=self.by, now=now
        )
        quotas = {
            feature.pk: {"minimum": quota.minimum, "maximum": quota.maximum}
            for category in Category.objects.filter(lottery=self.lottery)
            for feature in category.features.all()
            if (quota := said.quotas.get(category.key, {}).get(feature.key))
        }
        actions.set_quotas(self.lottery, quotas, by=self.by, now=now)

    def _frame(self, now: datetime) -> None:
        """The register lives in memory, as long as the letters are drawn from it; only these are imported."""
        said = self.described.lottery.register
        content = invented(self.commune, said, year=in_brussels(now).year)
        mailing = register.Mailing(letters=said.letters, seed=said.letters_seed, one_per="street")
        found = register.draw(lambda: io.BytesIO(content), mailing)
        out = io.StringIO()
        csv.writer(out).writerows(register.rows(lambda: io.BytesIO(content), found))
        file = actions.read_letters(
            self.lottery, name="lettres.csv", content=out.getvalue().encode(), by=self.by, now=now
        )
        with clock.standing_at(now):
            framing.read(file.pk)
            actions.write_letters(Import.objects.get(pk=file.pk), by=self.by, now=now)
            framing.write(file.pk)

    def _collect_answers(self, now: datetime) -> None:
        """Who answers is drawn from a seed; the better schooled say yes more often, as in life."""
        said = self.described.lottery.answers
        random = Random(said.seed)  # noqa: S311 - a demonstration that repeats itself
        letters = list(Invitation.objects.filter(lottery=self.activity.pk).order_by("number"))
        random.shuffle(letters)
        yes: list[tuple[Invitation, str]] = []
        rest: list[Invitation] = []
        schools, most = list(said.leans), max(said.leans.values())
        for letter in letters:
            school = random.choice(schools)
            if len(yes) < said.yes and random.random() < said.leans[school] / most:
                yes.append((letter, school))
            else:
                rest.append(letter)
        span = said.last_at - said.first_at
        moments = sorted(said.first_at + span * random.random() ** 2 for _each in range(said.yes + said.no))
        random.shuffle(moments)
        for place, (letter, school) in enumerate(yes):
            self._answer(letter, school, by_post=place % BY_POST == 0, now=moments.pop())
        for place, letter in enumerate(rest[: said.no]):
            self._refuse(letter, by_post=place % 2 == 0, now=moments.pop())

    def _answer(self, letter: Invitation, school: str, *, by_post: bool, now: datetime) -> None:
        # by phone, so that nobody who was invented has an account; numbers that begin so belong to nobody
        contact = actions.Contact(
            name=letter.name, phone=f"02 000 {letter.number // 100:02d} {letter.number % 100:02d}"
        )
        features = {"education": school, "language": letter.language}
        reply = actions.Reply(Says.YES, features, contact, consent=True, language=letter.language)
        self._say(letter, reply, by_post, now)

    def _refuse(self, letter: Invitation, *, by_post: bool, now: datetime) -> None:
        self._say(letter, actions.Reply(Says.NO), by_post, now)

    def _say(self, letter: Invitation, reply: actions.Reply, by_post: bool, now: datetime) -> None:
        letter.lottery = self._known
        channel, by = (Channel.POST, self.by) if by_post else (Channel.ONLINE, None)
        actions.answer(letter, reply, channel=channel, by=by, now=now)

    @property
    def _known(self) -> Lottery:
        return Lottery(pk=self.activity.pk)

    def _check(self, now: datetime) -> None:
        lottery = actions.begin_check(self.lottery, by=self.by, now=now)
        with clock.standing_at(now):
            computing.check(lottery.pk)

    def _compute(self, now: datetime) -> None:
        draw = actions.begin_draw(self.lottery, by=self.by, now=now)
        with clock.standing_at(now):
            computing.compute(draw.pk)

    def _commit(self, now: datetime) -> None:
        said = self.described.lottery.dice
        throws = len(said.throws.split())
        actions.commit(
            self.draw, source=Source.DICE, moment=said.at, throws=throws, place=said.place, by=self.by, now=now
        )

    def _read(self, now: datetime) -> None:
        said = self.described.lottery.dice
        for key in said.readers:
            actions.read_dice(self.draw, digits=said.throws, by=self.staging.person(key), now=now)

    def _confirm(self, now: datetime) -> None:
        """Everybody takes their seat but those who will decline; the first few have an account, and say who they are."""
        said = self.described.lottery
        accounts = dict(enumerate((self.staging.person(key) for key in said.members), 1))
        for offer in self._open_offers():
            if offer.replaces_id is None and offer.place in said.declines:
                continue
            person = accounts.get(offer.place)
            offer = actions.confirm(offer, by=person, now=now)
            if person is not None and offer.panel_seat is not None:
                contact = panels.Contact(name=person.name, email=person.email, language=person.language)
                panels.change_contact(offer.panel_seat, contact=contact, by=person, now=now)
                panels.introduce(offer.panel_seat, name=person.name, district="", by=person, now=now)

    def _decline(self, now: datetime) -> None:
        for offer in self._open_offers():
            if offer.place in self.described.lottery.declines:
                actions.decline(offer, by=None, now=now)

    def _open_offers(self) -> list[Offer]:
        return list(queries.offers(self.draw).filter(state="offered").select_related("draw__lottery"))

    # The work

    def _plan_work(self) -> None:
        meeting, add = self.described.meeting, self.staging.timeline.add
        add(meeting.written_at, self._meet)
        add(meeting.counted_at, self._count)
        add(meeting.minutes_at, self._minute)
        for number, advice in enumerate(self.described.advices):
            add(advice.begun_at, partial(self._write, advice))
            add(advice.amended_at, partial(self._amend, advice))
            add(advice.issued_at, partial(self._issue, advice))
            if advice.answered_at:
                add(advice.answered_at, partial(self._respond, number))

    def _meet(self, now: datetime) -> None:
        said = self.described.meeting
        activity = self.staging.activities[said.phase, said.activity]
        access = {"level": Level.GROUP, "group": self.panel.group}
        set_permissions(activity, values={Action.ATTEND: access}, by=self.by, now=now)
        values = {
            **texts(title=said.title, text=said.text, venue=said.venue),
            "starts_at": said.starts_at,
            "ends_at": said.ends_at,
            "address": said.address,
            "languages": ["fr", "nl"],
        }
        agenda = [texts(title=point) for point in said.agenda]
        meeting = meetings.write_meeting(activity, values=values, agenda=agenda, by=self.by, now=now)
        meetings.announce(meeting, by=self.by, now=now)

    @property
    def _meeting(self) -> Meeting:
        said = self.described.meeting
        return Meeting.objects.get(activity=self.staging.activities[said.phase, said.activity])

    def _count(self, now: datetime) -> None:
        seats = seated.expected(self.panel, self._meeting)
        present = [seat.pk for place, seat in enumerate(seats, 1) if place not in self.described.meeting.absent]
        panels.take_attendance(self.panel, self._meeting, present=present, by=self.by, now=now)

    def _minute(self, now: datetime) -> None:
        meetings.write_minutes(self._meeting, text=self.described.meeting.minutes, by=self.by, now=now)
        meetings.publish_minutes(self._meeting, by=self.by, now=now)

    def _write(self, advice: drawn.Advice, now: datetime) -> None:
        by = self.staging.person(advice.by)
        draft = panels.begin_draft(self.panel, title=advice.title, language=advice.language, by=by, now=now)
        panels.add_paragraph(draft, after="", title="", text=advice.words, asks=False, by=by, now=now)
        for each in advice.asks:
            panels.add_paragraph(draft, after="", title=each.title, text=each.text, asks=True, by=by, now=now)
        panels.set_draft_state(draft, to=DraftState.AMENDING, by=by, now=now)

    def _amend(self, advice: drawn.Advice, now: datetime) -> None:
        said, draft = advice.amendment, self._draft(advice)
        last = draft.versions.order_by("-number").first()
        assert last is not None
        paragraph = last.paragraphs[-1]
        given = {"title": paragraph["title"], "text": said.text}
        amendment = panels.propose(
            draft,
            key=paragraph["key"],
            change=Change.REWRITE,
            **given,
            motive=said.motive,
            by=self.staging.person(said.by),
            now=now,
        )
        by = self.staging.person(advice.by)
        panels.take(amendment, base=last.number, **given, asks=True, by=by, now=now)

    def _draft(self, advice: drawn.Advice) -> Draft:
        return Draft.objects.get(panel=self.panel, title=advice.title)

    def _issue(self, advice: drawn.Advice, now: datetime) -> None:
        draft = self._draft(advice)
        panels.issue_draft(draft, body=self._body(), due_on=advice.due_on, by=self.by, now=now)

    def _body(self) -> Body:
        names = texts(name=self.described.body)
        known = Body.objects.filter(organisation=self.staging.organisation, **names).first()
        return known or Body.objects.create(organisation=self.staging.organisation, role=BodyRole.COLLEGE, **names)

    def _respond(self, number: int, now: datetime) -> None:
        said = self.described.advices[number]
        advice = self._draft(said).advice
        assert advice is not None  # issued before
        values: dict[str, object] = {"reference": said.reference, **texts(statement=said.statement or {})}
        advices.edit_answer(advice, values=values, by=self.by)
        asked = list(advice.recommendations.order_by("position"))
        for each, answer in zip(asked, said.answers, strict=True):
            advices.answer(each, verdict=Verdict(answer.verdict), reason=answer.reason, by=self.by)
        advices.publish_answer(advice, by=self.by, now=now)
        self._promise(advice, said.answers, now)

    def _promise(self, advice: Advice, answers: Iterable[drawn.Answered], now: datetime) -> None:
        rows = advice.recommendations.select_related("answer__commitment").order_by("position")
        for each, said in zip(rows, answers, strict=True):
            if each.answer.commitment and said.milestone and said.due:
                promises.add_milestone(
                    each.answer.commitment, title=said.milestone, due_on=said.due, by=self.by, now=now
                )
