"""The verbs. What decides opens a selection, says its choices, and publishes it; from then on it is a fact, which can only be annulled."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import LANGUAGES, attribute, missing
from zenne.opendata.webhooks import actions as webhooks
from zenne.participation.ideas import actions as ideas
from zenne.participation.ideas.actions.way import locked_all
from zenne.participation.ideas.enums import ENDED, IdeaState, steps_to
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.actions import ensure_frozen
from zenne.participation.processes.enums import WindowState
from zenne.participation.processes.models import Activity, Process
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from . import notifications
from .enums import Outcome, SelectionState
from .models import Choice, Figure, Selection
from .rules import may_move, may_open, may_prepare

Words = Mapping[str, str]
Move = Mapping[Outcome, IdeaState | tuple[IdeaState, ...]]


@transaction.atomic
def open(  # noqa: A001 - the verb of this door, always read as selections.open
    where: Activity | Process,
    *,
    title: Words,
    statement: Words | None = None,
    rule: Words | None = None,
    source: Selection | None = None,
    by: Person | None,
    now: datetime,
) -> Selection:
    """Begin a selection in an activity; in a process for a decision taken outside any. Nobody else can read it yet.

    `by` is None when the platform itself acts, as when a vote is counted by the clock.
    """
    process = where if isinstance(where, Process) else where.process
    if by is not None:
        require(may_open(by, process))
    if source is not None and (source.process_id != process.pk or source.state != SelectionState.PUBLISHED):
        raise Invalid(_("A selection can only begin with a published one of the same process."))
    made = Selection(process=process, source=source, created_at=now)
    made.activity = where if isinstance(where, Activity) else None
    _write(made, title=title, statement=statement, rule_text=rule)
    made.save()
    _record("selection.opened", made, by, now)
    return made


@transaction.atomic
def edit(
    selection: Selection,
    *,
    title: Words | None = None,
    statement: Words | None = None,
    rule: Words | None = None,
    by: Person | None,
    now: datetime,
) -> Selection:
    """Write its words again. What is not given stays."""
    selection = _locked(selection)
    _require_prepare(by, selection)
    _write(selection, title=title, statement=statement, rule_text=rule)
    selection.save()
    _record("selection.edited", selection, by, now)
    return selection


@transaction.atomic
def choose(
    selection: Selection,
    idea: Idea,
    *,
    outcome: Outcome,
    reason: Words | None = None,
    rank: int | None = None,
    cost_cents: int | None = None,
    figures: Iterable[Figure] = (),
    by: Person | None,
) -> Choice:
    """Say what becomes of one idea; saying it again replaces what was said. A reason may come later, but before the publication."""
    selection = _locked(selection)
    _require_prepare(by, selection)
    if idea.process_id != selection.process_id:
        raise Invalid(_("This idea belongs to another process."))
    if cost_cents is not None and cost_cents < 0:
        raise Invalid(_("A cost is never below zero."))
    made = Choice.objects.filter(selection=selection, idea=idea).first() or Choice(selection=selection, idea=idea)
    made.outcome, made.rank, made.cost_cents = outcome, rank, cost_cents
    made.figures = [figure.plain() for figure in figures]
    _set(made, "reason", reason)
    made.save()
    return made


@transaction.atomic
def discard(selection: Selection, *, by: Person | None, now: datetime) -> None:
    """Throw away what was never published."""
    selection = _locked(selection)
    _require_prepare(by, selection)
    _record("selection.discarded", selection, by, now)
    selection.delete()


@transaction.atomic
def publish(
    selection: Selection,
    *,
    move: Move,
    proof_url: str = "",
    decided_at: datetime | None = None,
    by: Person | None,
    now: datetime,
) -> Selection:
    """Put it before everyone and bring its ideas where `move` says, the first of several states that each can reach; each author hears once.

    An idea that stands there already, or that was refused or withdrawn before, stays where it is, unless it is kept. Raises Invalid while a
    reason or a promised language is missing, Conflict when a kept idea cannot go where it should. All or nothing.
    """
    process = Process.objects.select_for_update(of=("self",), no_key=True).get(pk=selection.process_id)
    selection = _locked(selection)
    if by is not None or selection.state != SelectionState.DRAFT:
        require(may_move(by, selection, SelectionState.PUBLISHED))
    locked_all(choice.idea for choice in selection.choices.select_related("idea"))
    said = list(selection.choices.select_related("idea__process", "idea__author").order_by("idea_id"))
    _require_whole(selection, said)
    if selection.source and selection.source.state != SelectionState.PUBLISHED:
        raise Conflict(_("The selection it began with was annulled."))
    selection.number = (process.selections.aggregate(last=Max("number"))["last"] or 0) + 1
    selection.decided_at, selection.decided_by = decided_at or selection.decided_at or now, by
    selection.published_at, selection.proof_url = now, proof_url
    selection.rule_digest = _rule_digest(selection.activity, now)
    moved = _move(said, move, by, now)
    _keep_words(said)
    selection.state = SelectionState.PUBLISHED
    try:
        with transaction.atomic():
            selection.save()
    except IntegrityError as error:
        raise Conflict(_("This selection changed in the meantime.")) from error
    _record("selection.published", selection, by, now)
    webhooks.announce("selection.published", selection.pk, organisation=process.organisation_id, now=now)
    transaction.on_commit(lambda: notifications.published(selection, moved, now))
    return selection


@transaction.atomic
def annul(selection: Selection, *, reason: Words, by: Person, now: datetime) -> Selection:
    """Say that it no longer counts, and why. It stays readable with everything it said; its ideas stay where they stand until another
    decision moves them. What was built on it is annulled first."""
    selection = _locked(selection)
    require(may_move(by, selection, SelectionState.ANNULLED))
    if selection.fed.filter(state=SelectionState.PUBLISHED).exists():
        raise Conflict(_("A later selection began with this one. Annul that one first."))
    _set(selection, "annulment", reason)
    if not _said(selection, "annulment"):
        raise Invalid(_("Give the reason: everyone can read it."))
    selection.state, selection.annulled_at, selection.annulled_by = SelectionState.ANNULLED, now, by
    selection.save()
    _record("selection.annulled", selection, by, now)
    organisation = selection.process.organisation_id
    webhooks.announce("selection.annulled", selection.pk, organisation=organisation, now=now)
    transaction.on_commit(lambda: notifications.annulled(selection, now))
    return selection


def _locked(selection: Selection) -> Selection:
    rows = Selection.objects.select_for_update(of=("self",))
    return rows.select_related("process__organisation", "activity__phase__process", "source").get(pk=selection.pk)


def _require_prepare(by: Person | None, selection: Selection) -> None:
    if by is not None or selection.state != SelectionState.DRAFT:
        require(may_prepare(by, selection))


def _set(thing: Selection | Choice, field: str, words: Words | None) -> None:
    for language, text in (words or {}).items():
        if language in LANGUAGES:
            setattr(thing, attribute(field, language), text.strip())


def _said(thing: Selection | Choice, field: str) -> bool:
    return any(getattr(thing, attribute(field, language), None) for language in LANGUAGES)


def _write(selection: Selection, **words: Words | None) -> None:
    for field, said in words.items():
        _set(selection, field, said)


def _require_whole(selection: Selection, said: list[Choice]) -> None:
    """Something is decided, for each idea there is a reason, and what the organisation says it says in every language it promised."""
    if not said:
        raise Invalid(_("There is no idea in this selection yet."))
    silent = [choice.idea.title for choice in said if not _said(choice, "reason")]
    if silent:
        raise Invalid(
            _("A reason is missing for: %(titles)s.") % {"titles": ", ".join(f"“{title}”" for title in silent[:5])}
        )
    fields = ["title", *(field for field in ("statement", "rule_text") if _said(selection, field))]
    if missing(selection, fields, selection.process.organisation.languages):
        raise Invalid(
            _("Write its title, its statement and its rule in every language that your organisation promises.")
        )


def _rule_digest(activity: Activity | None, now: datetime) -> str:
    if activity is None:
        return ""
    if activity.state(now) == WindowState.UPCOMING:
        raise Conflict(_("This activity has not opened yet: its rule is not frozen."))
    ensure_frozen(activity, now=now)
    version = activity.rule_versions.order_by("-number").first()
    return version.digest if version else ""


def _move(said: list[Choice], move: Move, by: Person | None, now: datetime) -> set[int]:
    """Bring the ideas where they go; the numbers of those that took a step, whose authors hear it from the idea."""
    moved = set()
    for choice in said:
        wanted, state = move.get(Outcome(choice.outcome), ()), IdeaState(choice.idea.state)
        states = (wanted,) if isinstance(wanted, IdeaState) else wanted
        if not states or state in states or (choice.outcome != Outcome.KEPT and state in ENDED):
            continue
        to = next((each for each in states if steps_to(state, each)), states[0])
        reason = {language: getattr(choice, attribute("reason", language)) or "" for language in LANGUAGES}
        ideas.follow_decision(choice.idea, to=to, reason=reason, by=by, now=now)
        moved.add(choice.idea_id)
    return moved


def text_digest(title: str, text: str) -> str:
    """The fingerprint of the words of an idea: SHA-256 of the title, an empty line, and the text, in UTF-8."""
    return hashlib.sha256(f"{title}\n\n{text}".encode()).hexdigest()


def _keep_words(said: list[Choice]) -> None:
    """Note which words were decided about."""
    numbers = Idea.objects.filter(pk__in=[choice.idea_id for choice in said]).annotate(last=Max("versions__number"))
    words = {pk: (title, text, last) for pk, title, text, last in numbers.values_list("pk", "title", "text", "last")}
    for choice in said:
        title, text, last = words[choice.idea_id]
        choice.version, choice.text_digest = last, text_digest(title, text)
    Choice.objects.bulk_update(said, ["version", "text_digest"], batch_size=500)


def _record(event: str, selection: Selection, by: Person | None, now: datetime) -> None:
    details: dict[str, object] = {"number": selection.number, "process": selection.process_id}
    record(event, by=by, now=now, about=selection, organisation=selection.process.organisation, details=details)
