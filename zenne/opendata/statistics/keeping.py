"""How fresh figures are. Small scopes are counted at every look; large ones by the worker, every ten minutes, and shown with their hour."""

from datetime import datetime, timedelta
from typing import Any

from .enums import Period, ScopeKind
from .figures import count
from .kinds import Scope
from .models import Counted

LARGE = 20_000  # things: from here on counting takes longer than a page should
AT_MOST = timedelta(hours=1)


def kept_figures(scope: Scope, period: Period, now: datetime) -> tuple[dict[str, Any], datetime]:
    """The figures, and when they were counted: a little while ago for a large scope, now for all others."""
    known = Counted.objects.filter(scope=scope.kind, key=scope.key, period=period).first()
    if known is not None and timedelta() <= now - known.counted_at < AT_MOST:
        return known.figures, known.counted_at
    return keep(scope, period, now, known), now


def keep(scope: Scope, period: Period, now: datetime, known: Counted | None) -> dict[str, Any]:
    """Count; keep the result of a large scope, and nothing of one that became small since it was `known`."""
    figures = count(scope, period, now)
    if figures["size"] >= LARGE:
        Counted.objects.update_or_create(
            scope=scope.kind, key=scope.key, period=period, defaults={"counted_at": now, "figures": figures}
        )
    elif known is not None:
        known.delete()
    return figures


def keep_fresh(now: datetime) -> int:
    """Count every kept scope anew. Returns how many there are."""
    rows = list(Counted.objects.order_by("counted_at", "pk"))
    for row in rows:
        keep(Scope(ScopeKind(row.scope), row.key), Period(row.period), now, row)
    return len(rows)
