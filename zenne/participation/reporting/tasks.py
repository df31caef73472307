"""The making of a report: every chapter once per language, then the PDFs. It ends whole in all languages, or with a reason and as it was."""

import hashlib
import logging
from datetime import timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zenne.core import clock
from zenne.core.languages import LANGUAGES
from zenne.core.setbacks import LOST_DATABASE, NO_ROOM, Overtaken
from zenne.people.uploads.models import private_storage
from zenne.web.tags.words import moment as moment_in_words

from . import paper, press
from .composing import canonical, compose, digest
from .enums import Failure, ReportState
from .models import Edition, Report

logger = logging.getLogger(__name__)
ATTEMPTS = 3
STALE = timedelta(hours=1)


@app.task(
    name="reporting.make",
    queue="default",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def make_report(*, report: int) -> None:
    """Make it behind the scenes. When it was deleted in the meantime there is nothing to do."""
    make(report)


def make(pk: int) -> None:
    """Make all editions of a report, telling on the way how far it is."""
    report = _take(pk)
    if report is None:
        return
    try:
        _make(report)
    except Overtaken:
        throw_away(report)
    except LOST_DATABASE:
        throw_away(report)
        raise
    except Exception as fault:
        logger.exception("report %s failed", pk)  # whatever it is: staff are told, and the log has the rest
        throw_away(report)
        _fail(report, failure_of(fault))


def failure_of(fault: Exception) -> Failure:
    if isinstance(fault, press.PressFault):
        return Failure.PRESS
    return Failure.NO_ROOM if isinstance(fault, OSError) and fault.errno in NO_ROOM else Failure.BROKEN


def _take(pk: int) -> Report | None:
    with transaction.atomic():
        rows = Report.objects.select_for_update(of=("self",)).select_related("process__organisation")
        report = rows.filter(pk=pk).first()
        if report is None or report.state != ReportState.MAKING:
            return None
        throw_away(report)
        if report.attempt >= ATTEMPTS:
            _fail(report, Failure.INTERRUPTED)
            return None
        report.attempt += 1
        report.steps_done, report.steps_total = 0, len(LANGUAGES) * (len(report.chapters) + 1)
        report.moved_at = clock.now()
        report.save(update_fields=["attempt", "steps_done", "steps_total", "moved_at"])
    return report


def _make(report: Report) -> None:
    made = [_edition(report, language) for language in LANGUAGES]
    now = clock.now()
    with transaction.atomic():
        whole = _mine(report).update(state=ReportState.READY, made_at=now, moved_at=now)
        if not whole:
            raise Overtaken
        for earlier in report.editions.all():
            transaction.on_commit(partial(private_storage().delete, earlier.pdf.name), robust=True)
        report.editions.all().delete()
        Edition.objects.bulk_create(made)


def _edition(report: Report, language: str) -> Edition:
    data = compose(report, language, step=lambda: _step(report))
    text = canonical(data)
    with override(language):
        words = frame(report)
    content = paper.pdf(
        data,
        organisation=report.process.organisation,
        seed=report.process.slug,
        words=words,
        moment=report.frozen_at,
    )
    _step(report)
    name = private_storage().save(stored_name(report, language), ContentFile(content))
    return Edition(
        report=report,
        language=language,
        text=text,
        digest=digest(text),
        pdf=name,
        pdf_digest=hashlib.sha256(content).hexdigest(),
        pdf_size=len(content),
    )


def frame(report: Report) -> dict[str, str]:
    """The words around the chapters, in the language of the moment."""
    as_of = moment_in_words(report.frozen_at)
    return {
        "kind": _("Report no. %(number)s") % {"number": report.number},
        "as_of": _("As it stood on %(moment)s") % {"moment": as_of},
        "contents": _("Contents"),
        "intro": _("Introduction"),
        "what": _("What"),
        "bar": _("Chart"),
        "colophon": _("About this report"),
        "frozen": _(
            "This report was made once, of what stood on the platform on %(moment)s. It is not counted again when it is read: a later "
            "report gets a number of its own and leaves this one as it is."
        )
        % {"moment": as_of},
        "address": _("Its permanent address:"),
        "fingerprint": _("The fingerprint (SHA-256) of its data, which stand at this address as a file:"),
    }


def _mine(report: Report):  # type: ignore[no-untyped-def]
    return Report.objects.filter(pk=report.pk, attempt=report.attempt, state=ReportState.MAKING)


def _step(report: Report) -> None:
    report.steps_done += 1
    if not _mine(report).update(steps_done=report.steps_done, moved_at=clock.now()):
        raise Overtaken


def _fail(report: Report, failure: Failure) -> None:
    _mine(report).update(state=ReportState.FAILED, failure=failure, moved_at=clock.now())


def stored_name(report: Report, language: str) -> str:
    """Where the PDF of this attempt lies; whoever cleans up after a killed worker can work it out."""
    key = f"{report.pk}.{report.making}.{report.attempt}.{language}"
    return f"reports/{salted_hmac('reports', key).hexdigest()[:32]}.pdf"


def throw_away(report: Report) -> None:
    """The PDFs of this attempt, where it got that far; not those of an earlier making that stand in an edition."""
    if report.attempt:
        kept = set(report.editions.values_list("pdf", flat=True))
        for language in LANGUAGES:
            if (name := stored_name(report, language)) not in kept:
                private_storage().delete(name)
