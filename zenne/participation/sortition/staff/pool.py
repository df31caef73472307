"""The pool beside the quotas, as answers come in. Numbers only; the file that can be taken out holds no name."""

import csv
import io
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from .. import actions, drawing, queries
from ..enums import PUBLIC, DrawState
from ..rules import is_closed
from .screens import OneLottery, url

KNOWN_ODDS = (DrawState.READY, *PUBLIC)


class PoolView(OneLottery):
    template_name = "participation/sortition/staff/pool.html"
    page_title = gettext_lazy("Pool")
    page_name = "pool"
    header_icon = "group"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lottery = self.lottery
        counted = queries.in_pool_per_group(lottery)
        draw = queries.live_draw(lottery)
        odds = drawing.odds_per_group(draw) if draw and draw.state in KNOWN_ODDS else {}
        blocks = []
        for category in queries.categories(lottery):
            rows = []
            for feature in category.features.all():
                there = counted.get((category.key, feature.key), 0)
                # until the odds are known: of one person of the group, if the seats of its quota went round equally
                low, high = odds.get(
                    (category.key, feature.key), (feature.minimum / (there or 1), feature.maximum / (there or 1))
                )
                rows.append(
                    {
                        "feature": feature,
                        "pool": there,
                        "lacks": there < feature.minimum,
                        "short": feature.minimum <= there < 2 * feature.minimum,
                        "low": min(1.0, low) * 100 if there else None,
                        "high": min(1.0, high) * 100,
                    }
                )
            blocks.append((category, rows))
        context = {
            "figures": queries.figures(lottery),
            "blocks": blocks,
            "has_odds": bool(odds),
            "draw": draw,
            "export_url": url("pool_file", lottery) if is_closed(lottery) and not lottery.pool_destroyed_at else "",
        }
        return {**super().get_context_data(**kwargs), **context}


class PoolFileView(OneLottery):
    """The closed pool as a file: numbers, groups and who lives together, as it will be published. Nothing personal."""

    any_permission_required = ["change"]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        made = io.StringIO()
        writer = csv.writer(made, lineterminator="\n")
        if is_closed(self.lottery) and not self.lottery.pool_destroyed_at:
            instance = drawing.instance_of(self.lottery)
            writer.writerow(["id", *instance.categories, "address"])  # as `zenne draw` reads it
            writer.writerows([entry.id, *instance.profile(entry), entry.address] for entry in instance.pool)
            actions.note_export(self.lottery, **self.who)
        answer = HttpResponse(made.getvalue(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="pool-{self.lottery.pk}.csv"'
        return answer
