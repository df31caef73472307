"""What residents and staff did in a process, each deed through the verb that the pages use."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from zenne.participation.comments import actions as comments
from zenne.participation.comments.enums import ReactionKind, Stance
from zenne.participation.comments.models import Comment
from zenne.participation.ideas import actions
from zenne.participation.ideas.enums import OPEN_TO_SUPPORT, Channel, IdeaState
from zenne.participation.ideas.models import Idea, Merge
from zenne.participation.processes import actions as processes
from zenne.people.moderation import actions as moderation
from zenne.people.moderation.enums import Ground, Verdict

from . import records
from .calendar import Calendar
from .processes import Staging

A_REACTION_COMES_AFTER = timedelta(hours=1)
NEXT_REACTION = timedelta(minutes=1)
NEXT_FOLLOWER = timedelta(hours=1)


class Contributing:
    """Puts the contributions to one process on its timeline."""

    def __init__(self, staging: Staging, happened: records.Contributions, calendar: Calendar) -> None:
        self.staging, self.happened = staging, happened
        self.add, self.person = staging.timeline.add, staging.person
        self.ideas: dict[str, Idea] = {}
        self.comments: dict[tuple[str, str], Comment] = {}
        self.merges: dict[str, Merge] = {}
        window = next(
            activity
            for phase in staging.described.phases
            for activity in phase.activities
            if (phase.key, activity.key) == (happened.phase, happened.activity)
        )
        ends = [moment for moment in (window.closes, calendar.evening_before()) if moment]
        self.opens, self.ends = window.opens, min(ends)

    def plan(self) -> None:
        for idea in self.happened.ideas:
            self.add(idea.at, partial(self._submit, idea))
            self._plan_reading(idea)
            self._plan_voices(idea)
            self._plan_desk(idea)
            for comment in idea.comments:
                self._plan_comment(idea, comment)

    def idea(self, key: str) -> Idea:
        """The idea, for verbs that read it anew themselves."""
        return self.ideas[key]

    def now(self, key: str) -> Idea:
        """The idea as it stands at this moment of the story."""
        found = Idea.objects.select_related("process__organisation", "activity__phase", "activity__ideation", "author")
        idea = found.get(pk=self.ideas[key].pk)
        idea.activity.phase.process = idea.process
        return idea

    def reason(self, said: records.Change) -> Mapping[str, str]:
        return said.words or (self.happened.reasons[said.reason] if said.reason else {})

    # An idea and its way

    def _submit(self, idea: records.Idea, now: datetime) -> None:
        activity = self.staging.activities[self.happened.phase, self.happened.activity]
        activity = type(activity).objects.select_related("phase__process__organisation", "ideation").get(pk=activity.pk)
        author = self.person(idea.author) if idea.author else None
        place = actions.Place(idea.place.lon, idea.place.lat, idea.place.address) if idea.place else None
        self.ideas[idea.key] = actions.submit_idea(
            activity=activity,
            title=idea.title,
            text=idea.text.strip(),
            language=idea.language,
            theme=self.staging.themes[idea.theme],
            place=place,
            author=author,
            author_name=idea.author_name,
            channel=Channel(idea.channel),
            by=self.person(idea.entered_by) if idea.entered_by else self.person(idea.author),
            now=now,
        )

    def _plan_reading(self, idea: records.Idea) -> None:
        key, add, person = idea.key, self.add, self.person
        if accepted := idea.accepted:
            add(accepted.at, lambda now: actions.publish_idea(self.idea(key), by=person(accepted.by), now=now))
        if refused := idea.refused:
            add(
                refused.at,
                lambda now: actions.reject_idea(self.idea(key), reason=refused.words, by=person(refused.by), now=now),
            )
        if withdrawn := idea.withdrawn:
            add(
                withdrawn.at,
                lambda now: actions.withdraw_idea(
                    self.idea(key), reason=withdrawn.reason, by=person(idea.author), now=now
                ),
            )
        for change in idea.changes:
            add(change.at, partial(self._change, key, change))
        if answer := idea.answer:
            add(
                answer.at,
                lambda now: actions.answer_idea(self.idea(key), body=answer.words, by=person(answer.by), now=now),
            )
        if idea.merged:
            self._plan_merge(key, idea.merged)

    def _change(self, key: str, change: records.Change, now: datetime) -> None:
        by, reason = self.person(change.by), self.reason(change)
        actions.change_status(self.idea(key), to=IdeaState(change.to), reason=reason, by=by, now=now)

    def _plan_merge(self, key: str, merged: records.Merged) -> None:
        def ask(now: datetime) -> None:
            source, target, by = self.idea(key), self.idea(merged.into), self.person(merged.by)
            self.merges[key] = actions.propose_merge(source=source, target=target, reason=merged.words, by=by, now=now)

        def join(now: datetime) -> None:
            merge = Merge.objects.select_related("source", "target").get(pk=self.merges[key].pk)
            actions.complete_merge(merge, by=self.person(merged.by), now=now)

        def agree(consent: records.Consent, now: datetime) -> None:
            actions.consent_merge(self.merges[key], agreed=True, by=self.person(consent.person), now=now)

        self.add(merged.asked_at, ask)
        for consent in merged.consents:
            self.add(consent.at, partial(agree, consent))
        self.add(merged.at, join)

    def _plan_voices(self, idea: records.Idea) -> None:
        """Support and opposition, spread evenly over the time in which the idea could be supported."""
        start, end = self.span(idea)
        for people, verb in ((idea.supporters, actions.support), (idea.opponents, actions.oppose)):
            for number, key in enumerate(people, start=1):
                moment = start + (end - start) * number / (len(people) + 1)
                self.add(moment, partial(self._speak, verb, idea.key, key))

    def span(self, idea: records.Idea) -> tuple[datetime, datetime]:
        start = max(idea.accepted.at if idea.accepted else idea.at, self.opens)
        ended = [each.at for each in (idea.withdrawn, idea.refused, idea.merged) if each]
        ended += [change.at for change in idea.changes if change.to not in OPEN_TO_SUPPORT]
        return start, min([self.ends, *ended])

    def _speak(self, verb: Callable[..., Idea], idea: str, person: str, now: datetime) -> None:
        verb(self.idea(idea), by=self.person(person), now=now)

    # At the desk

    def _plan_desk(self, idea: records.Idea) -> None:
        key, add, person = idea.key, self.add, self.person
        if assigned := idea.assigned:
            add(
                assigned.at,
                lambda now: actions.assign(self.idea(key), to=person(assigned.to), by=person(assigned.by), now=now),
            )
        for note in idea.notes:
            add(note.at, partial(self._note, key, note))
        if idea.tags:
            by, moment = self._who_tags(idea)
            add(moment, lambda now: actions.tag(self.idea(key), add=idea.tags, by=person(by), now=now))

    def _note(self, key: str, note: records.Note, now: datetime) -> None:
        actions.add_note(self.now(key), text=note.text, by=self.person(note.by), now=now)

    def _who_tags(self, idea: records.Idea) -> tuple[str, datetime]:
        """Whoever of the staff did the first thing with the idea put its tags, at that moment; else who made the process, when it was sent."""
        done = [
            (each.at, each.by)
            for each in (idea.accepted, idea.refused, idea.assigned, idea.answer, *idea.notes)
            if each
        ]
        done += [(change.at, change.by) for change in idea.changes]
        moment, by = min(done, default=(idea.at, self.staging.described.created_by))
        return by, moment

    # The discussion

    def _plan_comment(self, idea: records.Idea, comment: records.Comment) -> None:
        written: list[Comment] = []

        def write(now: datetime) -> None:
            made = comments.comment(
                self.now(idea.key),
                text=comment.text.strip(),
                language=comment.language,
                stance=Stance(comment.stance) if comment.stance else None,
                parent=self.comments[idea.key, comment.reply_to] if comment.reply_to else None,
                by=self.person(comment.by),
                now=now,
            )
            written.append(made)
            if comment.key:
                self.comments[idea.key, comment.key] = made

        def react(kind: str, by: str, now: datetime) -> None:
            comments.react(written[0], ReactionKind(kind), by=self.person(by), now=now)

        self.add(comment.at, write)
        for kind, people in comment.reactions.items():
            for number, by in enumerate(people):
                self.add(comment.at + A_REACTION_COMES_AFTER + number * NEXT_REACTION, partial(react, kind, by))
        if report := comment.report:
            self._plan_report(report, written)
        if deleted := comment.deleted:
            self.add(deleted.at, lambda now: comments.delete(written[0], by=self.person(deleted.by), now=now))

    def _plan_report(self, report: records.Report, written: list[Comment]) -> None:
        ground = Ground(report.category)

        def tell(now: datetime) -> None:
            moderation.report(
                self._fresh(written[0]), ground=ground, text=report.text, by=self.person(report.by), now=now
            )

        def decide(now: datetime) -> None:
            verdict, by = Verdict(report.decision), self.person(report.decided_by)
            why = ground if verdict == Verdict.HIDDEN else None
            moderation.decide(self._fresh(written[0]), verdict, ground=why, text=report.reason, by=by, now=now)

        self.add(report.at, tell)
        if report.decided_at:
            self.add(report.decided_at, decide)

    @staticmethod
    def _fresh(comment: Comment) -> Comment:
        return Comment.objects.select_related("activity__phase__process__organisation", "author").get(pk=comment.pk)


def plan_followers(staging: Staging) -> None:
    """Number i follows i hours after the publication."""
    published = staging.described.published_at
    if published is None:
        return
    for number, key in enumerate(staging.described.followers, start=1):
        staging.timeline.add(published + number * NEXT_FOLLOWER, partial(_follow, staging, key))


def _follow(staging: Staging, key: str, now: datetime) -> None:
    processes.follow(staging.process, by=staging.person(key), now=now)
