"""The rule of an activity as plain data, its one spelling, and its fingerprint.

Anybody can check a fingerprint: it is the SHA-256 of the text on the page, in UTF-8, without a line break at its end.
"""

import hashlib
import json
from datetime import UTC, datetime

from .kinds import kinds
from .models import Activity, Permission, Phase
from .rules import offered, permission_for

Rule = dict[str, object]


def rule_of(activity: Activity) -> Rule:
    """Everything that decides who may do what, and when. Titles and introductions are words, not rules."""
    opens_at, closes_at = activity.window()
    kind = kinds.get(activity.kind)
    return {
        "activity": activity.pk,
        "kind": activity.kind,
        "opens_at": _moment(opens_at),
        "closes_at": _moment(closes_at),
        "permissions": {
            action.value: plain_permission(permission_for(activity, action)) for action in offered(activity)
        },
        "rule": kind.rule(activity) if kind else {},
    }


def window_of(phase: Phase) -> Rule:
    return {"opens_at": _moment(phase.opens_at), "closes_at": _moment(phase.closes_at)}


def canonical(rule: Rule) -> str:
    """The one spelling: keys in order, no spaces, letters as they are. The same rule gives the same characters, always."""
    return json.dumps(rule, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def plain_permission(permission: Permission | None) -> Rule:
    if permission is None:
        return {}
    return {
        "level": str(permission.level),
        "group": permission.group_id,
        "area": [permission.area.kind, permission.area.code] if permission.area else None,
        "minimum_age": permission.minimum_age,
        "questions": sorted(map(str, permission.questions)),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
