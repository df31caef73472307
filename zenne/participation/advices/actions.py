"""The verbs. Somebody asks (`issue`, or `prepare` ... `issue_draft`), the body says what it does with each recommendation (`answer`), and
publishes that (`publish_answer`); what is never answered can be withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute, missing, text_in
from zenne.opendata.webhooks import actions as webhooks
from zenne.participation.decisions.actions import promise
from zenne.participation.decisions.models import Body
from zenne.participation.processes.models import Process
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from . import notifications
from .enums import PROMISED, AdviceState, Verdict
from .models import Advice, Answer, Recommendation
from .rules import may_answer, may_move, may_prepare, moves

Words = Mapping[str, str]
Values = Mapping[str, object]
MOST_RECOMMENDATIONS = 200
WORDS = ("issuer", "title", "text")
TEXTS = [attribute(name, language) for name in WORDS for language in LANGUAGES]
FIELDS = frozenset({"body", "due_on", "file", *TEXTS})
ANSWER_TEXTS = [attribute("statement", language) for language in LANGUAGES]
ANSWER_FIELDS = frozenset({"reference", "decided_on", "answer_file", *ANSWER_TEXTS})


@dataclass(frozen=True)
class Asked:
    """One recommendation, in the languages it was written in."""

    title: Words
    text: Words = field(default_factory=dict)


@transaction.atomic
def issue(  # noqa: PLR0913 - an advice has as many parts
    process: Process,
    *,
    issuer: Words,
    body: Body,
    title: Words,
    text: Words,
    recommendations: Sequence[Asked],
    due_on: date,
    file: object = None,
    by: Person | None,
    now: datetime,
) -> Advice:
    """Put an advice before everyone at once, as a panel does with its draft. All or nothing.

    `by` is None when those who advise act themselves: the upper app has asked its own rule first. Raises Invalid when words are missing, the
    body is of another organisation, or the day has come already.
    """
    values: dict[str, object] = {"body": body, "due_on": due_on, "file": file}
    for name, words in zip(WORDS, (issuer, title, text), strict=True):
        values |= {attribute(name, language): said for language, said in words.items() if language in LANGUAGES}
    made = prepare(process, values=values, by=by, now=now)
    for asked in recommendations:
        recommend(made, title=asked.title, text=asked.text, by=by)
    return issue_draft(made, by=by, now=now)


@transaction.atomic
def prepare(process: Process, *, values: Values, by: Person | None, now: datetime) -> Advice:
    """Begin an advice, as staff do for a council that hands it in; nobody else reads it yet."""
    made = Advice(process=process, created_at=now)
    if by is not None:
        require(may_prepare(by, made))
    _write(made, values, FIELDS)
    made.save()
    _record("advice.prepared", made, by, now)
    return made


@transaction.atomic
def edit(advice: Advice, *, values: Values, by: Person, now: datetime) -> Advice:
    advice = _locked(advice)
    require(may_prepare(by, advice))
    _write(advice, values, FIELDS)
    advice.save()
    _record("advice.edited", advice, by, now)
    return advice


@transaction.atomic
def recommend(
    advice: Advice, *, title: Words, text: Words, which: Recommendation | None = None, by: Person | None
) -> Recommendation:
    """Add a recommendation at the end, or write `which` again, while the advice is being prepared."""
    advice = _locked(advice)
    if by is not None or advice.state != AdviceState.DRAFT:
        require(may_prepare(by, advice))
    if which is None:
        last = advice.recommendations.aggregate(last=Max("position"))["last"] or 0
        if last >= MOST_RECOMMENDATIONS:
            raise Invalid(_("An advice has at most %(most)s recommendations.") % {"most": MOST_RECOMMENDATIONS})
        made = Recommendation(advice=advice, position=last + 1)
    else:
        made = advice.recommendations.get(pk=which.pk)
    _set(made, "title", title)
    _set(made, "text", text)
    if not _said(made, "title"):
        raise Invalid(_("Give the recommendation a title."))
    made.save()
    return made


@transaction.atomic
def drop(recommendation: Recommendation, *, by: Person) -> None:
    """Take a recommendation out of an advice that is being prepared; those after it move up."""
    advice = _locked(recommendation.advice)
    require(may_prepare(by, advice))
    advice.recommendations.filter(pk=recommendation.pk).delete()
    rest = list(advice.recommendations.order_by("position"))
    for place, each in enumerate(rest, 1):
        each.position = place
    Recommendation.objects.bulk_update(rest, ["position"])


@transaction.atomic
def discard(advice: Advice, *, by: Person, now: datetime) -> None:
    """Throw away what was never issued."""
    advice = _locked(advice)
    require(may_prepare(by, advice))
    _record("advice.discarded", advice, by, now)
    advice.delete()


@transaction.atomic
def issue_draft(advice: Advice, *, by: Person | None, now: datetime) -> Advice:
    """Put a prepared advice before everyone and hand it to the body, whose staff hear of it, like whoever follows the process."""
    process = Process.objects.select_for_update(of=("self",), no_key=True).get(pk=advice.process_id)
    advice = _locked(advice)
    require(moves(advice, AdviceState.ISSUED) if by is None else may_move(by, advice, AdviceState.ISSUED))
    asked = list(advice.recommendations.order_by("position"))
    if not asked:
        raise Invalid(_("There is no recommendation in this advice yet."))
    if not _said(advice, "title") or not _said(advice, "issuer"):
        raise Invalid(_("Say who advises, and give the advice a title."))
    if advice.due_on <= in_brussels(now).date():
        raise Invalid(_("Choose a day to come by which the body must answer."))
    advice.number = (process.advices.aggregate(last=Max("number"))["last"] or 0) + 1
    advice.state, advice.issued_at, advice.issued_by = AdviceState.ISSUED, now, by
    advice.save()
    _record("advice.issued", advice, by, now)
    _announce("advice.issued", advice, now)
    transaction.on_commit(lambda: notifications.issued(advice, now))
    return advice


@transaction.atomic
def answer(recommendation: Recommendation, *, verdict: Verdict | None, reason: Words, by: Person) -> Answer:
    """Say what the body does with one recommendation, and why. It can be said again until the answer is published."""
    advice = _locked(recommendation.advice)
    require(may_answer(by, advice))
    made = Answer.objects.filter(recommendation=recommendation).first() or Answer(recommendation=recommendation)
    made.verdict = verdict or ""
    _set(made, "reason", reason)
    made.save()
    return made


@transaction.atomic
def edit_answer(advice: Advice, *, values: Values, by: Person) -> Advice:
    """What the answer says as a whole: statement, day, reference, file."""
    advice = _locked(advice)
    require(may_answer(by, advice))
    _write(advice, values, ANSWER_FIELDS)
    advice.save()
    return advice


@transaction.atomic
def publish_answer(advice: Advice, *, by: Person, now: datetime) -> Advice:
    """Put the answer before everyone, recommendation by recommendation, with a promise for each that is taken up, even in part. All or nothing.

    Raises Invalid while a recommendation has no answer, or a reason is missing in a promised language.
    """
    advice = _locked(advice)
    require(may_move(by, advice, AdviceState.ANSWERED))
    rows = list(Recommendation.objects.filter(advice=advice).select_related("answer").order_by("position"))
    answers = _require_whole(advice, rows)
    today = in_brussels(now).date()
    advice.decided_on = advice.decided_on or today
    if advice.decided_on > today:
        raise Invalid(_("An answer is published once it is given: choose a day that has come."))
    for said, each in zip(answers, rows, strict=True):
        if said.verdict in PROMISED:
            title = {language: text_in(each, "title", language) for language in LANGUAGES}
            said.commitment = promise(advice.process, title=title, by=by, now=now)
            said.save(update_fields=["commitment"])
    advice.state, advice.answered_at, advice.answered_by = AdviceState.ANSWERED, now, by
    advice.save()
    _record("advice.answered", advice, by, now, late=advice.days_late(today))
    _announce("advice.answered", advice, now)
    transaction.on_commit(lambda: notifications.answered(advice, now))
    return advice


@transaction.atomic
def withdraw(advice: Advice, *, reason: Words, by: Person | None, now: datetime) -> Advice:
    """Those who advise no longer ask for an answer, and say why. It stays readable with everything it said.

    `by` is None when those who advise act themselves: the upper app has asked its own rule first.
    """
    advice = _locked(advice)
    require(moves(advice, AdviceState.WITHDRAWN) if by is None else may_move(by, advice, AdviceState.WITHDRAWN))
    _set(advice, "withdrawal", reason)
    if not _said(advice, "withdrawal"):
        raise Invalid(_("Give the reason: everyone can read it."))
    advice.state, advice.withdrawn_at, advice.withdrawn_by = AdviceState.WITHDRAWN, now, by
    advice.save()
    _record("advice.withdrawn", advice, by, now)
    _announce("advice.withdrawn", advice, now)
    transaction.on_commit(lambda: notifications.withdrawn(advice, now))
    return advice


def remind_due(*, now: datetime) -> int:
    """Tell the staff of bodies what is due soon and what is late, each stage once, and followers once when it becomes late. How many were told of."""
    today = in_brussels(now).date()
    found = Advice.objects.filter(state=AdviceState.ISSUED, due_on__lte=today + notifications.SOON)
    found = found.select_related("process__organisation", "body").order_by("due_on", "id")
    for advice in found:
        notifications.due(advice, now)
    return len(found)


def _require_whole(advice: Advice, rows: list[Recommendation]) -> list[Answer]:
    """Every recommendation is answered, with a reason in each language that the organisation promises; so is the statement, where there is one."""
    promised = advice.process.organisation.languages
    answers, silent = [], []
    for each in rows:
        said = getattr(each, "answer", None)
        if said is None or not said.verdict or missing(said, ["reason"], promised):
            silent.append(str(each.position))
        else:
            answers.append(said)
    if silent:
        numbers = ", ".join(silent)
        raise Invalid(
            _(
                "Answer these recommendations, with the reason in every language that your organisation promises: %(numbers)s."
            )
            % {"numbers": numbers}
        )
    if _said(advice, "statement") and missing(advice, ["statement"], promised):
        raise Invalid(_("Write the statement in every language that your organisation promises."))
    return answers


def _write(advice: Advice, values: Values, fields: frozenset[str]) -> None:
    if unknown := set(values) - fields:
        raise TypeError(f"this is not written here: {', '.join(sorted(unknown))}")
    for name, value in values.items():
        if name in TEXTS or name in ANSWER_TEXTS or name == "reference":
            setattr(advice, name, str(value or "").strip())
        else:
            setattr(advice, name, value)
    if advice.body.organisation_id != advice.process.organisation_id:
        raise Invalid(_("This body belongs to another organisation."))


def _set(thing: Advice | Recommendation | Answer, name: str, words: Words) -> None:
    for language in LANGUAGES:
        if language in words:
            setattr(thing, attribute(name, language), words[language].strip())


def _said(thing: Advice | Recommendation, name: str) -> bool:
    return any(text_in(thing, name, language) for language in LANGUAGES)


def _locked(advice: Advice) -> Advice:
    rows = Advice.objects.select_for_update(of=("self",))
    return rows.select_related("process__organisation", "body").get(pk=advice.pk)


def _announce(event: str, advice: Advice, now: datetime) -> None:
    webhooks.announce(event, advice.pk, organisation=advice.process.organisation_id, now=now)


def _record(event: str, advice: Advice, by: Person | None, now: datetime, **details: object) -> None:
    said: dict[str, object] = {"number": advice.number, "process": advice.process_id, "body": advice.body_id, **details}
    record(event, by=by, now=now, about=advice, organisation=advice.process.organisation, details=said)
