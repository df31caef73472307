"""One frozen report, of the process that went furthest: made and published through the platform's own verbs."""

from collections.abc import Callable
from datetime import datetime

from zenne.participation.processes.models import Process
from zenne.participation.reporting import actions
from zenne.participation.reporting.enums import ReportState
from zenne.people.accounts.models import Person

CHAPTERS = ["process", "figures", "ideas", "voting"]
WORDS: dict[str, dict[str, object]] = {
    "brussels-hacks-the-crisis": {
        "title_fr": "Ce que Bruxelles a proposé, et ce qui lui a été répondu",
        "title_nl": "Wat Brussel voorstelde, en wat erop geantwoord is",
        "title_en": "What Brussels proposed, and what was answered",
        "intro_fr": (
            "Au printemps 2020, la Région a demandé à ses habitants ce qu’il fallait garder, changer ou inventer après la crise.\n\n"
            "Ce rapport rassemble leurs idées, les chiffres de la participation et les réponses données, tels qu’ils étaient à sa date."
        ),
        "intro_nl": (
            "In de lente van 2020 vroeg het Gewest aan zijn inwoners wat er na de crisis moest blijven, veranderen of ontstaan.\n\n"
            "Dit rapport brengt hun ideeën, de cijfers van de deelname en de gegeven antwoorden samen, zoals ze op zijn datum waren."
        ),
        "intro_en": (
            "In the spring of 2020 the Region asked its residents what should be kept, changed or invented after the crisis.\n\n"
            "This report brings together their ideas, the figures of participation and the answers given, as they stood on its date."
        ),
    }
}


def write_report(slug: str, *, by: Person, now: datetime, catch_up: Callable[[], None]) -> None:
    """Nothing for processes that have no words for one, and nothing twice. `catch_up` does what was left to the worker."""
    process = Process.objects.get(slug=slug)
    if slug not in WORDS or process.reports.exists():
        return
    ends = [phase.closes_at for phase in process.phases.all() if phase.closes_at and phase.closes_at < now]
    values = {**WORDS[slug], "frozen_at": max(ends, default=now), "chapters": CHAPTERS}
    report = actions.create_report(process, values=values, by=by, now=now)
    actions.ask_for_report(report, by=by, now=now)
    catch_up()
    report.refresh_from_db()
    if report.state == ReportState.READY:
        actions.publish_report(report, by=by, now=now)
