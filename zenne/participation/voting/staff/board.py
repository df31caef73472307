"""One vote at a glance: where it stands, what is missing, who has voted by channel and group, its batches. Never what they voted."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Screen

from .. import explaining, queries, showing
from ..enums import BatchState, Channel
from ..rules import gaps
from .screens import OneVote, board_url, url

FEW = 10
MISSING = {
    "options": (gettext_lazy("Options to vote on"), "options"),
    "count": (gettext_lazy("A way of counting that fits the ballot"), "settings"),
    "costs": (gettext_lazy("The cost of every option"), "options"),
    "budget": (gettext_lazy("The budget"), "settings"),
    "districts": (gettext_lazy("Groups of options, and one for every option"), "options"),
    "contributors": (gettext_lazy("What the contributors bring does not add up to the budget"), "options"),
    "rule": (
        gettext_lazy(
            "Settings that go together: a share of the voters does not fit budgets and majorities, and ties by cost need costs"
        ),
        "settings",
    ),
    "area": (gettext_lazy("The area of every group of options"), "options"),
}


class ListView(Screen):
    template_name = "participation/voting/staff/list.html"
    page_title = gettext_lazy("Votes")
    header_icon = "tick-inverse"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.request.now  # type: ignore[attr-defined]
        rows = [
            {"vote": vote, "state": vote.state(now).label, "window": vote.activity.window(), "url": board_url(vote)}
            for vote in queries.manageable(organisations_of(self.person))[:200]
        ]
        return {**super().get_context_data(**kwargs), "rows": rows}

    def trail(self) -> list[tuple[str, str]]:
        return []


class BoardView(OneVote):
    template_name = "participation/voting/staff/board.html"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.vote)

    def get_page_subtitle(self) -> str:
        return str(self.vote.process)

    def trail(self) -> list[tuple[str, str]]:
        return Screen.trail(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vote, now = self.vote, self.request.now  # type: ignore[attr-defined]
        districts, turnout = queries.districts_of(vote), queries.turnout(vote)
        batches = list(queries.batches_of(vote))
        draft = vote.process.preview_key if vote.process.state == "draft" else ""
        context = {
            "state": vote.state(now).label,
            "standing": showing.standing(vote, now),
            "window": vote.activity.window(),
            "frozen": queries.frozen_rule(vote),
            "missing": [(str(MISSING[each][0]), url(MISSING[each][1], vote)) for each in gaps(vote)],
            "voting": explaining.voting(vote),
            "counting": explaining.counting(vote),
            "options": vote.options.count(),
            "turnout": turnout,
            "channels": [(channel.label, turnout.by_channel[channel]) for channel in Channel],
            "districts": [(str(each), turnout.by_district.get(each.number, 0)) for each in districts]
            if vote.splits_voters
            else [],
            "few": [channel.label for channel in Channel if 0 < turnout.by_channel[channel] < FEW],
            "batches": batches,
            "unsettled": [each for each in batches if each.state not in (BatchState.SETTLED, BatchState.SCRAPPED)],
            "is_open": queries.is_open(vote, now),
            "has_ended": queries.has_ended(vote, now),
            "key": f"?preview={draft}" if draft else "",
            "overview": reverse("process:overview", args=[vote.process.pk]),
            "permissions_url": reverse("process_activity:permissions", args=[vote.pk]),
            "history_url": reverse("process_activity:history", args=[vote.pk]),
            "said": _("Nobody, staff included, sees what is in the box before it is sealed."),
        }
        return {**super().get_context_data(**kwargs), **context}
