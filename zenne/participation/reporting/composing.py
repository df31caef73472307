"""A report as plain data in one language, its one spelling and its fingerprint.

Anybody can check a fingerprint: it is the SHA-256 of the file of data, in UTF-8, without a line break at its end.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from zenne.core.languages import shown
from zenne.web.tags.words import moment as moment_in_words

from .kinds import Frozen, in_order
from .models import Report

FORMAT = "zenne-report-1"


def compose(report: Report, language: str, *, step: Callable[[], None]) -> dict[str, Any]:
    """Every chosen chapter that has something to say, as of `report.frozen_at`. `step` is called after each."""
    process = report.process
    base = settings.BASE_URL.rstrip("/")
    with override(language):
        frozen = Frozen(process, report.frozen_at, language, base)
        title, title_language = shown(report, "title", process.organisation.languages)
        intro, intro_language = shown(report, "intro", process.organisation.languages)
        parts = []
        for key, chapter in in_order():
            if key in report.chapters:
                if blocks := list(chapter.write(frozen)):
                    parts.append({"key": key, "title": str(chapter.label), "blocks": blocks})
                step()
        return {
            "format": FORMAT,
            "process": process.slug,
            "process_title": shown(process, "title", process.organisation.languages)[0],
            "organisation": str(process.organisation),
            "number": report.number,
            "language": language,
            "title": {"text": title, "language": title_language},
            "intro": {"text": intro, "language": intro_language},
            "frozen_at": _plain(report.frozen_at),
            "frozen_at_words": moment_in_words(report.frozen_at),
            "address": base + reverse("reporting:report", args=[process.slug, report.number]),
            "chapters": parts,
        }


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def canonical(data: dict[str, Any]) -> str:
    """The one spelling: keys in order, no spaces, letters as they are. What no text can hold is left out."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "ignore").decode()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
