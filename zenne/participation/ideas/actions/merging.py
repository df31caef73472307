"""Two ideas become one with the consent of their authors, and apart again when that was a mistake."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from .. import notifications
from ..enums import IdeaState
from ..models import Idea, Merge, MergeConsent, Support
from ..rules import may_consent, may_merge, may_moderate
from ..tasks import tell_supporters
from .way import Words, in_languages, locked_all, step


def _both(source: Idea, target: Idea) -> tuple[Idea, Idea]:
    """The two ideas as they are now, both held."""
    found = {idea.pk: idea for idea in locked_all([source, target])}
    return found[source.pk], found[target.pk]


@transaction.atomic
def propose_merge(*, source: Idea, target: Idea, reason: Words, by: Person, now: datetime) -> Merge:
    """Ask the authors whether `source` may join `target`. An author without an account, or one who left, is not asked."""
    source, target = _both(source, target)
    require(may_merge(by, source, target))
    words = in_languages(reason, "reason")
    if not words:
        raise Invalid(_("Give the reason: everyone can read it."))
    try:
        with transaction.atomic():
            merge = Merge.objects.create(source=source, target=target, proposed_by=by, proposed_at=now, **words)
    except IntegrityError as error:
        raise Conflict(_("There is already a proposal to merge this idea.")) from error
    people = {idea.author_id: idea.author for idea in (source, target) if idea.author and idea.author.is_active}
    MergeConsent.objects.bulk_create([MergeConsent(merge=merge, person=person) for person in people.values()])
    history.record(
        "idea.merge_proposed",
        by=by,
        now=now,
        about=source,
        organisation=source.process.organisation,
        details={"target": target.pk, "merge": merge.pk},
    )
    transaction.on_commit(lambda: notifications.ask_for_consent(merge, people.values(), now))
    return merge


@transaction.atomic
def consent_merge(merge: Merge, *, agreed: bool, by: Person, now: datetime) -> Merge:
    """An author says yes or no. One no ends the proposal; a yes can become a no until the merge is completed."""
    merge = (
        Merge.objects.select_for_update(of=("self",))
        .select_related("source__process__organisation", "target")
        .get(pk=merge.pk)
    )
    require(may_consent(by, merge))
    MergeConsent.objects.filter(merge=merge, person=by).update(agreed=agreed, answered_at=now)
    if not agreed:
        merge.declined_at = now
        merge.save(update_fields=["declined_at"])
    history.record(
        "idea.merge_agreed" if agreed else "idea.merge_declined",
        by=by,
        now=now,
        about=merge.source,
        organisation=merge.source.process.organisation,
        details={"merge": merge.pk},
    )
    return merge


@transaction.atomic
def complete_merge(merge: Merge, *, by: Person, now: datetime) -> Merge:
    """Join the two, once every author who was asked has agreed. Each supporter of the source supports the target, once."""
    source, target = _both(merge.source, merge.target)
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    require(may_merge(by, source, target))
    if merge.completed_at or merge.declined_at or merge.undone_at:
        require(Refused(Reason.WRONG_STATE))
    if merge.consents.exclude(agreed=True).exists():
        raise Conflict(_("Not every author has agreed yet."))
    merge.state_before, merge.completed_at, merge.completed_by = source.state, now, by
    merge.save(update_fields=["state_before", "completed_at", "completed_by"])
    source.merged_into = target
    step(source, IdeaState.MERGED, reason=_words(merge), by=by, now=now)
    _carry(source, target, now)
    recount(target)
    transaction.on_commit(lambda: _tell(merge, source, target, now))
    return merge


def _words(merge: Merge) -> dict[str, str]:
    return {language: text for language in ("fr", "nl", "en") if (text := getattr(merge, f"reason_{language}", None))}


def _carry(source: Idea, target: Idea, now: datetime, *, only: list[int] | None = None) -> None:
    """Who stands behind the source stands behind the target too, with the same voice. Whoever spoke on the target keeps that voice."""
    voices = Support.objects.filter(idea=source).order_by("id")
    if only is not None:
        voices = voices.filter(person_id__in=only)
    carried = [
        Support(idea=target, person_id=person, value=value, carried_from=source, given_at=now)
        for person, value in voices.values_list("person_id", "value")
    ]
    Support.objects.bulk_create(carried, batch_size=2000, ignore_conflicts=True)


def recount(idea: Idea) -> None:
    """Count the voices anew. The caller holds the lock."""
    idea.support_count = Support.objects.filter(idea=idea, value=1).count()
    idea.oppose_count = Support.objects.filter(idea=idea, value=-1).count()
    idea.save(update_fields=["support_count", "oppose_count"])


@transaction.atomic
def undo_merge(merge: Merge, *, reason: Words, by: Person, now: datetime) -> Merge:
    """Take the two apart again. What was carried over returns; what people said on the target themselves stays.

    Raises Conflict while the target has itself joined another idea: the later merge is undone first.
    """
    source, target = _both(merge.source, merge.target)
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    require(may_moderate(by, source.process.organisation))
    if source.state == IdeaState.REJECTED:
        raise Conflict(_("A moderator hid “%(title)s”. Take that back first.") % {"title": source.title})
    if merge.completed_at is None or merge.undone_at is not None:
        require(Refused(Reason.WRONG_STATE))
    if target.state == IdeaState.MERGED:
        raise Conflict(_("“%(title)s” has joined another idea since. Undo that merge first.") % {"title": target.title})
    words = in_languages(reason, "reason")
    if not words:
        raise Invalid(_("Give the reason: everyone can read it."))
    merge.undone_at, merge.undone_by = now, by
    merge.save(update_fields=["undone_at", "undone_by"])
    source.merged_into = None
    step(source, IdeaState(merge.state_before), reason=reason, by=by, now=now)
    returned = Support.objects.filter(idea=target, carried_from=source)
    people = list(returned.values_list("person_id", flat=True))
    returned.delete()
    others = Merge.objects.filter(target=target, completed_at__isnull=False, undone_at__isnull=True).select_related(
        "source"
    )
    for other in others.order_by("completed_at", "id"):
        _carry(other.source, target, now, only=people)
    recount(target)
    transaction.on_commit(lambda: _tell_undone(source, merge, now))
    return merge


def _tell(merge: Merge, source: Idea, target: Idea, now: datetime) -> None:
    occasion, facts = f"merged:{merge.pk}", {"other": target.title}
    notifications.tell_author("ideas.merged", source, occasion=occasion, now=now, **facts)
    tell_supporters.defer(kind="ideas.merged", idea=source.pk, occasion=occasion, at=now.isoformat(), facts=facts)


def _tell_undone(source: Idea, merge: Merge, now: datetime) -> None:
    occasion = f"undone:{merge.pk}"
    notifications.tell_author("ideas.merge-undone", source, occasion=occasion, now=now)
    tell_supporters.defer(kind="ideas.merge-undone", idea=source.pk, occasion=occasion, at=now.isoformat(), facts={})
