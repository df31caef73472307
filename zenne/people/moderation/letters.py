"""What moderation tells people, by letter and each in their own language: authors, those who reported, those who are blocked.

Moderation lies below the app that lets people choose their messages; what is said here is owed by law and is sent in any case.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import override

from zenne.core import mail
from zenne.people.accounts.models import Person

from .enums import Verdict
from .models import Appeal, Block, Decision
from .queries import appeal_until
from .queries.flags import how_it_was_found


def decided(made: Decision, label: str | Promise, excerpt: str, now: datetime) -> None:
    """The statement of reasons to the author, and what came of it to everyone who reported."""
    author = made.case.author
    if author is not None and made.verdict != Verdict.KEPT:
        _send("decision", author, _statement(made, author, label, excerpt), made.case.organisation, now)
    if made.verdict == Verdict.RESTORED:
        return
    for report in made.case.reports.select_related("reporter").order_by("pk"):
        if report.reporter is not None:
            context = {"decision": made, "report": report, "label": label}
            _send("reported", report.reporter, context, made.case.organisation, now)


def _statement(made: Decision, author: Person, label: str | Promise, excerpt: str) -> dict[str, Any]:
    with override(author.language):
        found = how_it_was_found(made.case)
        address = made.get_absolute_url()
    return {
        "decision": made,
        "label": label,
        "excerpt": excerpt,
        "found": found,
        "address": address,
        "until": appeal_until(made),
    }


def judged(made: Appeal, now: datetime) -> None:
    """What came of an appeal, to whoever made it."""
    if made.author is not None:
        with override(made.author.language):
            address = made.get_absolute_url()
        _send("judged", made.author, {"appeal": made, "address": address}, made.organisation, now)


def blocked(made: Block, now: datetime) -> None:
    if made.person is not None:
        with override(made.person.language):
            address = made.get_absolute_url()
        context = {"made": made, "address": address, "until": appeal_until(made)}
        _send("blocked", made.person, context, made.organisation, now)


def lifted(made: Block, now: datetime) -> None:
    if made.person is not None:
        _send("lifted", made.person, {"made": made}, made.organisation, now)


def _send(name: str, to: Person, context: dict[str, Any], organisation: object, now: datetime) -> None:
    """Once the decision is certain. Who left the platform has no address any more."""
    if not to.is_active:
        return
    filled = {**context, "person": to, "organisation": organisation}
    transaction.on_commit(
        lambda: mail.send(f"people/moderation/mail/{name}", to=to.email, language=to.language, context=filled, now=now)
    )
