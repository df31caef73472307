"""What other software hears of reports: that one is published, and where its words, its PDF and its data stand."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import DEFAULT
from zenne.opendata.api.representations import absolute, words
from zenne.opendata.webhooks.kinds import Event, Facts, webhooks
from zenne.participation.processes.enums import ProcessState

from .enums import ReportState
from .models import Report

READABLE = Report.objects.filter(state=ReportState.PUBLISHED).exclude(process__state=ProcessState.DRAFT)


def report_data(key: int, facts: Facts) -> dict[str, Any] | None:
    """With a fingerprint per language, by which a copy of its data is known to be the true one."""
    report = READABLE.all().select_related("process__organisation").filter(pk=key).first()
    if report is None:
        return None
    place = [report.process.slug, report.number]
    with override(DEFAULT):
        url, pdf, data = (absolute(reverse(f"reporting:{name}", args=place)) for name in ("report", "pdf", "data"))
    return {
        "report": {
            "number": report.number,
            "title": words(report, "title").model_dump(),
            "frozen_at": report.frozen_at.isoformat(),
            "published_at": report.published_at.isoformat() if report.published_at else None,
            "url": url,
            "pdf": pdf,
            "data": data,
            "sha256": {edition.language: edition.digest for edition in report.editions.all()},
            "process": report.process.slug,
            "organisation": report.process.organisation.slug,
        }
    }


webhooks.register("report.published", Event(_("A report is published"), report_data))
