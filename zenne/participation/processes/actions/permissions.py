from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from zenne.people.access.answers import require
from zenne.people.access.enums import Level
from zenne.people.access.models import Group
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..enums import Action
from ..errors import Faulty
from ..models import Activity, Permission
from ..rules import may_manage, offered, permission_for
from .freezing import changing
from .writing import Texts, Values, apply, locked

FIELDS = ("level", "group", "area", "minimum_age", "questions")


@transaction.atomic
def set_permission(
    activity: Activity, *, action: Action, values: Values, by: Person, now: datetime, reason: Texts | None = None
) -> Permission:
    """Say who may do one action of an activity: level, group, area, minimum age, questions. Public, with a reason, once it has opened."""
    return set_permissions(activity, values={action: values}, by=by, now=now, reason=reason)[action]


@transaction.atomic
def set_permissions(
    activity: Activity, *, values: Mapping[Action, Values], by: Person, now: datetime, reason: Texts | None = None
) -> dict[Action, Permission]:
    """The same for several actions at once, as one change."""
    process = locked(activity.process)
    require(may_manage(by, process.organisation))
    kept = {}
    with changing(process, by=by, now=now, reason=reason or {}):
        for action, given in values.items():
            if action not in offered(activity):
                raise Faulty(field="action")
            permission = activity.permissions.filter(action=action).first() or permission_for(activity, action)
            assert permission is not None
            changed = apply(permission, given, FIELDS)
            _check(permission, process.organisation_id)
            if changed:
                permission.save()
                details: dict[str, object] = {"action": action.value, "fields": changed}
                record(
                    "permission.set", by=by, now=now, about=activity, organisation=process.organisation, details=details
                )
            kept[action] = permission
    return kept


@contextmanager
def changing_settings(activity: Activity, *, by: Person, now: datetime, reason: Texts | None = None) -> Iterator[None]:
    """The door for kinds: what an app changes in its own settings of an activity, it changes inside this.

    When the activity has opened and `kind.rule(activity)` comes out different, the reason is asked and the change is public.
    """
    with transaction.atomic():
        process = locked(activity.process)
        require(may_manage(by, process.organisation))
        with changing(process, by=by, now=now, reason=reason or {}):
            yield


def _check(permission: Permission, organisation_id: int) -> None:
    group: Group | None = permission.group
    if permission.level == Level.GROUP and (group is None or group.organisation_id != organisation_id):
        raise Faulty(field="group")
    if permission.level != Level.GROUP:
        permission.group = None
