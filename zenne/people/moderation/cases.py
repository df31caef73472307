"""What every verb shares: how a thing's case is found, opened, locked and closed."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import F, Model

from .enums import CaseState, Ground, Source
from .kinds import contribution_of, contributions
from .models import Case


def held(thing: Model) -> Any:
    """The thing as it is now, locked until the end of the transaction. Locks are taken in one order: the thing, then its case."""
    locked = type(thing)._default_manager.select_for_update(no_key=True).filter(pk=thing.pk)
    if not locked.values_list("pk", flat=True).first():
        return None
    return contribution_of(thing).load(thing.pk)


def open_case(thing: Model, source: Source, *, now: datetime, ground: Ground | None = None) -> Case:
    """The one open case about a thing, made if need be, locked, with this reason added to it."""
    contribution, kind = contribution_of(thing), ContentType.objects.get_for_model(thing)
    while True:
        case = locked_case(thing)
        if case is not None:
            break
        try:
            with transaction.atomic():
                case = Case.objects.create(
                    organisation=contribution.organisation(thing),
                    process=contribution.process(thing),
                    about_type=kind,
                    about_id=thing.pk,
                    author=contribution.author(thing),
                    sources=[source],
                    grounds=[ground] if ground else [],
                    opened_at=now,
                )
        except IntegrityError:
            continue  # somebody opened it this very moment: join that one
        return case
    case.sources = [known for known in Source.values if known in {*case.sources, source}]
    case.grounds = [known for known in Ground.values if known in {*case.grounds, ground}]
    case.version += 1
    case.save(update_fields=["sources", "grounds", "version"])
    return case


def locked_case(thing: Model) -> Case | None:
    """The open case about a thing, held until the end of the transaction."""
    kind = ContentType.objects.get_for_model(thing)
    found = Case.objects.select_for_update(of=("self",)).filter(about_type=kind, about_id=thing.pk)
    return found.filter(state=CaseState.OPEN).select_related("organisation", "author").first()


def close(case: Case, state: CaseState, now: datetime) -> None:
    """The caller holds the lock."""
    case.state, case.closed_at, case.version = state, now, case.version + 1
    case.claimed_by = case.claimed_until = None
    case.save(update_fields=["state", "closed_at", "version", "claimed_by", "claimed_until"])


def outdate(thing: Model) -> None:
    """The words changed: whoever looks at them now has to look again."""
    kind = ContentType.objects.get_for_model(thing)
    Case.objects.filter(about_type=kind, about_id=thing.pk, state=CaseState.OPEN).update(version=F("version") + 1)


def thing_of(case: Case) -> Any:
    """What the case is about, whatever became of it; None when the row itself is gone."""
    contribution = contributions.get(f"{case.about_type.app_label}.{case.about_type.model}")
    return contribution.load(case.about_id) if contribution else None
