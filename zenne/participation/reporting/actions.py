"""Reports: prepared, made, published, withdrawn. What was public once keeps its number, its address and its words."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute, missing, say
from zenne.opendata.webhooks import actions as webhooks
from zenne.participation.processes.models import Process
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record
from zenne.people.uploads.models import private_storage

from .enums import Failure, ReportState
from .kinds import chapters
from .models import Report
from .rules import may_move, may_prepare
from .tasks import STALE, make_report, throw_away

TEXTS = {attribute(field, language) for field in ("title", "intro") for language in LANGUAGES}
FIELDS = TEXTS | {"frozen_at", "chapters"}
Values = dict[str, object]


@transaction.atomic
def create_report(process: Process, *, values: Values, by: Person, now: datetime) -> Report:
    """Prepare a report: title, introduction, the moment it is about, which chapters."""
    report = Report(process=process, created_by=by, created_at=now, moved_at=now)
    require(may_prepare(by, report))
    _apply(report, values, now)
    report.save()
    _record("report.created", report, by, now)
    return report


@transaction.atomic
def edit_report(report: Report, *, values: Values, by: Person, now: datetime) -> Report:
    """Change one that was never public. What was made of it is no longer true, and goes."""
    report = _locked(report)
    require(may_prepare(by, report))
    _apply(report, values, now)
    report.state, report.failure, report.made_at, report.moved_at = ReportState.DRAFT, "", None, now
    _forget_editions(report)
    report.save()
    _record("report.changed", report, by, now)
    return report


@transaction.atomic
def ask_for_report(report: Report, *, by: Person, now: datetime) -> Report:
    """Have it made behind the scenes, in every language. It gets its number now, so that the PDF can say it."""
    report = _locked(report)
    require(may_prepare(by, report))
    lacking = missing(report, ["title"], report.process.organisation.languages)
    if lacking:
        raise Invalid(_("The title is missing in a language your organisation promised."))
    if report.number is None:
        Process.objects.select_for_update().get(pk=report.process_id)
        last = Report.objects.filter(process=report.process_id).aggregate(last=Max("number"))["last"]
        report.number = (last or 0) + 1
    report.state, report.failure, report.made_at = ReportState.MAKING, "", None
    report.making, report.attempt, report.steps_done, report.moved_at = report.making + 1, 0, 0, now
    report.save()
    make_report.defer(report=report.pk)
    _record("report.making", report, by, now)
    return report


@transaction.atomic
def publish_report(report: Report, *, by: Person, now: datetime) -> Report:
    """Put it at its address for everyone; or put one back that was withdrawn."""
    report = _locked(report)
    require(may_move(by, report, ReportState.PUBLISHED))
    again = report.state == ReportState.WITHDRAWN
    report.state, report.withdrawn_at, report.moved_at = ReportState.PUBLISHED, None, now
    report.published_at = report.published_at or now
    report.save()
    _record("report.restored" if again else "report.published", report, by, now)
    webhooks.announce("report.published", report.pk, organisation=report.process.organisation_id, now=now)
    return report


@transaction.atomic
def withdraw_report(report: Report, *, reason: dict[str, str], by: Person, now: datetime) -> Report:
    """Take it away, with a reason that stands at its address from then on. Its number is not given again."""
    report = _locked(report)
    require(may_move(by, report, ReportState.WITHDRAWN))
    say(report, "reason", reason)
    if missing(report, ["reason"], report.process.organisation.languages):
        raise Invalid(
            _("Say why, in each language your organisation promised: readers find the reason at the report's address.")
        )
    report.state, report.withdrawn_at, report.moved_at = ReportState.WITHDRAWN, now, now
    report.save()
    _record("report.withdrawn", report, by, now)
    return report


@transaction.atomic
def delete_report(report: Report, *, by: Person, now: datetime) -> None:
    """Throw away one that was never public."""
    report = _locked(report)
    require(may_prepare(by, report))
    _record("report.deleted", report, by, now)
    _forget_editions(report)
    report.delete()


def sweep_reports(*, now: datetime) -> int:
    """Say of what stopped moving that it did not work. Returns how many."""
    stopped = Report.objects.filter(state=ReportState.MAKING, moved_at__lt=now - STALE).order_by("pk")
    changed = 0
    for report in stopped:
        mine = Report.objects.filter(pk=report.pk, attempt=report.attempt, state=ReportState.MAKING)
        if mine.update(state=ReportState.FAILED, failure=Failure.INTERRUPTED, moved_at=now):
            throw_away(report)
            changed += 1
    return changed


def _apply(report: Report, values: Values, now: datetime) -> None:
    for name in FIELDS & values.keys():
        setattr(report, name, values[name])
    if report.frozen_at > now:
        raise Invalid(_("A report is about what was: choose a moment that has passed."))
    report.chapters = [key for key in chapters if key in report.chapters]
    if not report.chapters:
        raise Invalid(_("Choose at least one chapter."))


def _locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("process__organisation")
    return rows.get(pk=report.pk)


def _forget_editions(report: Report) -> None:
    for edition in report.editions.all():
        transaction.on_commit(partial(private_storage().delete, str(edition.pdf.name)), robust=True)
    report.editions.all().delete()


def _record(event: str, report: Report, by: Person, now: datetime) -> None:
    details: dict[str, object] = {"number": report.number, "frozen_at": report.frozen_at.isoformat()}
    record(event, by=by, now=now, about=report, organisation=report.process.organisation, details=details)
