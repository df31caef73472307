from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core import mail
from zenne.core.errors import Conflict, Invalid
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from .enums import Ground, Verdict
from .kinds import contribution_of
from .models import Decision, Report
from .queries import latest_decision, reports_about
from .rules import may_moderate, may_report


@transaction.atomic
def report(thing: Model, *, ground: Ground, text: str = "", by: Person, now: datetime) -> Report:
    """Tell the moderators about a contribution. Raises Conflict when this person already has an open report on it."""
    require(may_report(by, thing))
    organisation = contribution_of(thing).organisation(thing)
    try:
        with transaction.atomic():
            made = Report.objects.create(
                organisation=organisation,
                about_type=ContentType.objects.get_for_model(thing),
                about_id=thing.pk,
                ground=ground,
                text=text.strip(),
                reporter=by,
                reported_at=now,
            )
    except IntegrityError as error:
        raise Conflict(_("You reported this before. A moderator will look at it.")) from error
    history.record(
        "contribution.reported", by=by, now=now, about=thing, organisation=organisation, details={"ground": ground}
    )
    return made


@transaction.atomic
def decide(
    thing: Model, verdict: Verdict, *, ground: Ground | None = None, text: str = "", by: Person, now: datetime
) -> Decision:
    """Keep, hide or restore a contribution, and answer every open report on it at once.

    The author of something hidden is told which rule it broke. Raises Conflict when another moderator just decided the same.
    """
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    require(may_moderate(by, thing))
    before = latest_decision(thing)
    hidden = before is not None and before.verdict == Verdict.HIDDEN
    if (verdict == Verdict.HIDDEN) == hidden and verdict != Verdict.KEPT:
        raise Conflict(_("A colleague decided this in the meantime."))
    if verdict == Verdict.HIDDEN and ground is None:
        raise Invalid(_("Choose the reason: the author is told which rule it is about."))
    contribution = contribution_of(thing)
    organisation = contribution.organisation(thing)
    made = Decision.objects.create(
        organisation=organisation,
        about_type=ContentType.objects.get_for_model(thing),
        about_id=thing.pk,
        verdict=verdict,
        ground=ground or "",
        text=text.strip(),
        moderator=by,
        decided_at=now,
    )
    reports_about(thing).filter(decision__isnull=True).update(decision=made)
    if verdict == Verdict.HIDDEN:
        contribution.hide(thing, now)
    elif verdict == Verdict.RESTORED:
        contribution.restore(thing, now)
    history.record(
        f"contribution.{verdict}",
        by=by,
        now=now,
        about=thing,
        organisation=organisation,
        details={"ground": made.ground},
    )
    author = contribution.author(thing)
    if author and author.is_active and verdict != Verdict.KEPT:
        transaction.on_commit(lambda: _tell(author, made, contribution.excerpt(thing), now))
    return made


def _tell(author: Person, decision: Decision, excerpt: str, now: datetime) -> None:
    mail.send(
        "people/moderation/mail/decision",
        to=author.email,
        language=author.language,
        context={"decision": decision, "excerpt": excerpt, "organisation": decision.organisation, "person": author},
        now=now,
    )
