"""What a project is delivered by: money, milestones, risks, dependencies, documents, news; and who follows it."""

from datetime import date, datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import in_every_language, say
from zenne.core.whole import require_whole
from zenne.participation.decisions.models import Decision
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.strategy.indicators import actions as indicators

from ..models import Attachment, BudgetLine, Dependency, Follow, Milestone, Post, Project, Risk
from ..queries import indicators_of, way_between
from ..rules import may_carry, may_follow, may_manage
from ..tasks import speak
from .keeping import Values, Words, fill, keep, locked_project, require_reason, spoken, texts, titled

LINE_FIELDS = frozenset({"source", "funder", "year", "planned_cents", *texts("note")})
RISK_FIELDS = frozenset({"likelihood", "impact", "closed_on", *texts("title", "answer")})
ATTACHMENT_FIELDS = frozenset({"file", "language", "position", *texts("title")})


@transaction.atomic
def write_line(
    project: Project,
    *,
    values: Values,
    which: BudgetLine | None = None,
    key: str = "",
    by: Person | None,
    now: datetime,
) -> BudgetLine:
    """Plan money from one source, in cents, or write `which` again. What is committed and spent has verbs of its own."""
    project = _held_by_managers(project, by)
    made = _own(which or BudgetLine(project=project, key=key), project)
    fill(made, values, LINE_FIELDS)
    require_whole(made)
    made.save()
    keep(project, "planned_project.money_planned", by, now, line=made.pk, cents=made.planned_cents)
    return made


@transaction.atomic
def commit_money(
    line: BudgetLine,
    *,
    cents: int,
    reference: str,
    decided_on: date,
    decision: Decision | None = None,
    by: Person | None,
    now: datetime,
) -> BudgetLine:
    """Say how much was committed in all, by which decision. From the first cent on, what the project is measured by is frozen: nobody bends
    a measure after the money."""
    project = _held_by_managers(line.project, by)
    line = project.lines.get(pk=line.pk)
    if cents < 0:
        raise Invalid(_("An amount is never below zero."))
    if cents and not reference.strip():
        raise Invalid(_("Give the reference of the decision, as in the minutes."))
    if decided_on > in_brussels(now).date():
        raise Invalid(_("A decision is never taken tomorrow."))
    first = not project.lines.filter(committed_cents__gt=0).exists()
    line.committed_cents, line.reference, line.decided_on = cents, reference.strip(), decided_on
    line.decision = decision
    require_whole(line)
    line.save()
    keep(project, "planned_project.money_committed", by, now, line=line.pk, cents=cents)
    if cents and first:
        freeze_measures(project, reference=line.reference, by=by, now=now)
    return line


def freeze_measures(project: Project, *, reference: str, by: Person | None, now: datetime) -> None:
    """Freeze every indicator of a project with the reason: which decision committed its money. One frozen before stays as it was."""
    because = in_every_language(
        lambda: (
            _("Money was committed for “%(project)s” (%(reference)s).") % {"project": project, "reference": reference}
        )
    )
    for indicator in indicators_of(project):
        indicators.freeze(indicator, because=because, by=by, now=now)


@transaction.atomic
def spend(line: BudgetLine, *, cents: int, by: Person | None, now: datetime) -> BudgetLine:
    """Say how much was spent of it in all. More than was committed is said as it is, and shown."""
    project = _held_by_managers(line.project, by)
    line = project.lines.get(pk=line.pk)
    if cents < 0:
        raise Invalid(_("An amount is never below zero."))
    line.spent_cents = cents
    line.save()
    keep(project, "planned_project.money_spent", by, now, line=line.pk, cents=cents)
    return line


@transaction.atomic
def drop_line(line: BudgetLine, *, by: Person | None, now: datetime) -> None:
    """Take out a line that was only planned."""
    project = _held_by_managers(line.project, by)
    line = project.lines.get(pk=line.pk)
    if line.committed_cents or line.spent_cents:
        raise Conflict(_("Money was committed or spent on this line: it stays."))
    line.delete()
    keep(project, "planned_project.money_dropped", by, now)


@transaction.atomic
def add_milestone(
    project: Project,
    *,
    title: Words,
    due_on: date,
    first_due_on: date | None = None,
    key: str = "",
    by: Person | None,
    now: datetime,
) -> Milestone:
    """Promise a step for a day. `first_due_on` is the day promised first, where that was on paper before."""
    project = _held(project, by)
    made = Milestone(project=project, key=key, first_due_on=first_due_on or due_on, due_on=due_on)
    say(made, "title", title)
    titled(made)
    require_whole(made)
    made.save()
    keep(project, "planned_project.milestone_added", by, now, milestone=made.pk, due_on=due_on.isoformat())
    return made


@transaction.atomic
def change_milestone(
    milestone: Milestone,
    *,
    title: Words | None = None,
    due_on: date | None = None,
    reason: Words | None = None,
    by: Person | None,
    now: datetime,
) -> Milestone:
    """Write it again or move its day; whoever moves it back in time says why. The first day stays readable."""
    project = _held(milestone.project, by)
    milestone = project.milestones.get(pk=milestone.pk)
    if title is not None:
        say(milestone, "title", title)
        titled(milestone)
    moved = due_on is not None and due_on != milestone.due_on
    if due_on is not None and moved:
        if due_on > milestone.due_on:
            require_reason(reason)
        milestone.due_on = due_on
    if spoken(reason):
        say(milestone, "moved_reason", reason)
    require_whole(milestone)
    milestone.save()
    keep(project, "planned_project.milestone_changed", by, now, milestone=milestone.pk)
    if moved:
        speak("milestone_moved", milestone, by=by, now=now)
    return milestone


@transaction.atomic
def finish_milestone(milestone: Milestone, *, on: date | None = None, by: Person | None, now: datetime) -> Milestone:
    """Say that it is done, and on which day."""
    project = _held(milestone.project, by)
    milestone = project.milestones.get(pk=milestone.pk)
    today = in_brussels(now).date()
    if on is not None and on > today:
        raise Invalid(_("That day is still to come."))
    milestone.done_on = on or milestone.done_on or today
    milestone.save()
    keep(project, "planned_project.milestone_done", by, now, milestone=milestone.pk)
    speak("milestone_done", milestone, by=by, now=now)
    return milestone


@transaction.atomic
def drop_milestone(milestone: Milestone, *, by: Person | None, now: datetime) -> None:
    """Take out a step nobody has read yet: of a project that everyone reads, a promise stays."""
    project = _held(milestone.project, by)
    if project.is_public:
        raise Conflict(_("Everyone has read this promise. Move its day and say why instead."))
    project.milestones.filter(pk=milestone.pk).delete()
    keep(project, "planned_project.milestone_dropped", by, now)


@transaction.atomic
def write_risk(
    project: Project,
    *,
    values: Values,
    which: Risk | None = None,
    key: str = "",
    by: Person | None,
    now: datetime,
) -> Risk:
    """Add a risk, or write `which` again; it is over from `closed_on` on."""
    project = _held(project, by)
    made = _own(which or Risk(project=project, key=key), project)
    fill(made, values, RISK_FIELDS)
    titled(made)
    require_whole(made)
    made.save()
    keep(project, "planned_project.risk", by, now)
    return made


@transaction.atomic
def drop_risk(risk: Risk, *, by: Person | None, now: datetime) -> None:
    project = _held(risk.project, by)
    project.risks.filter(pk=risk.pk).delete()
    keep(project, "planned_project.risk_dropped", by, now)


@transaction.atomic
def depend(
    project: Project, *, on: Project, reason: Words | None = None, by: Person | None, now: datetime
) -> Dependency:
    """Say that it waits for another project of the same organisation. Raises Conflict where that would close a circle, with its projects by name."""
    project = _held(project, by)
    if on.plan.organisation_id != project.plan.organisation_id or on.pk == project.pk:
        raise Invalid(_("It waits for another project of the same organisation."))
    made = project.needed.filter(on=on).first() or Dependency(project=project, on=on)
    say(made, "reason", reason)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        way = " → ".join(f"“{each}”" for each in (project, *way_between(on, project)))
        raise Conflict(_("These projects would wait for each other in a circle: %(way)s.") % {"way": way}) from error
    keep(project, "planned_project.dependency", by, now, on=on.pk)
    return made


@transaction.atomic
def undepend(dependency: Dependency, *, by: Person | None, now: datetime) -> None:
    project = _held(dependency.project, by)
    project.needed.filter(pk=dependency.pk).delete()
    keep(project, "planned_project.dependency_dropped", by, now)


@transaction.atomic
def attach(
    project: Project, *, values: Values, which: Attachment | None = None, by: Person | None, now: datetime
) -> Attachment:
    """Offer a file to everyone, or write its title again. Files of other organisations stay theirs."""
    project = _held(project, by)
    made = _own(which or Attachment(project=project), project)
    before = made.file_id
    fill(made, values, ATTACHMENT_FIELDS)
    if made.file_id != before and made.file.collection_id != project.plan.organisation.collection_id:
        raise Invalid(_("It belongs to another organisation."))
    require_whole(made)
    made.save()
    keep(project, "planned_project.attached", by, now)
    return made


@transaction.atomic
def detach(attachment: Attachment, *, by: Person | None, now: datetime) -> None:
    project = _held(attachment.project, by)
    project.attachments.filter(pk=attachment.pk).delete()
    keep(project, "planned_project.detached", by, now)


@transaction.atomic
def publish_post(project: Project, *, title: Words, text: Words, by: Person | None, now: datetime) -> Post:
    """Tell something new, to everyone."""
    project = _held(project, by)
    made = Post(project=project, author=by, published_at=now)
    say(made, "title", title)
    say(made, "text", text)
    titled(made)
    require_whole(made)
    made.save()
    keep(project, "planned_project.news", by, now, post=made.pk)
    speak("posted", made, by=by, now=now)
    return made


@transaction.atomic
def withdraw_post(post: Post, *, by: Person | None, now: datetime) -> Post:
    project = _held(post.project, by)
    post = project.posts.get(pk=post.pk)
    post.withdrawn_at = post.withdrawn_at or now
    post.save()
    keep(project, "planned_project.news_withdrawn", by, now, post=post.pk)
    return post


@transaction.atomic
def follow(project: Project, *, by: Person, now: datetime) -> None:
    """Ask to hear of it. Asking twice is asking once."""
    require(may_follow(by, project))
    Follow.objects.get_or_create(project=project, person=by, defaults={"since": now})


@transaction.atomic
def unfollow(project: Project, *, by: Person) -> None:
    Follow.objects.filter(project=project, person=by).delete()


def _held(project: Project, by: Person | None) -> Project:
    held = locked_project(project)
    require(may_carry(by, held))
    return held


def _held_by_managers(project: Project, by: Person | None) -> Project:
    held = _held(project, by)
    require(may_manage(by, held.plan.organisation))
    return held


Row = TypeVar("Row", BudgetLine, Risk, Attachment)


def _own(made: Row, project: Project) -> Row:
    if made.project_id != project.pk:
        raise Invalid(_("It belongs to another project."))
    made.project = project
    return made
