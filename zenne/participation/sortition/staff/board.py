"""One draw by lot at a glance: the steps it takes, where it stands, what is next, what is missing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Screen

from .. import actions, queries
from ..enums import LotteryState, OfferState
from ..rules import gaps
from .screens import OneLottery, url

MISSING = {
    "categories": (gettext_lazy("The categories that the panel mirrors"), "quotas"),
    "groups": (gettext_lazy("At least two groups in every category"), "quotas"),
    "quotas": (gettext_lazy("Quotas that fit the number of seats"), "quotas"),
    "answer_until": (gettext_lazy("Until when one can answer"), "settings"),
    "seats": (gettext_lazy("The first and the last day of the seats"), "settings"),
    "room": (gettext_lazy("As many free seats in the panel as are drawn, on every day of the new term"), "settings"),
    "letters": (gettext_lazy("The file of drawn letters"), "letters"),
}
# What the page proposes to do next, by where the draw stands: the words and the page.
NEXT = {
    LotteryState.DESIGNED: (gettext_lazy("Choose categories and quotas, then bring in the drawn letters."), "quotas"),
    LotteryState.FRAMED: (
        gettext_lazy("Print the letters, hand them to the post, and say that they are sent."),
        "letters",
    ),
    LotteryState.INVITED: (gettext_lazy("Answers come in. The pool closes by the clock."), "pool"),
    LotteryState.CLOSED: (gettext_lazy("Check whether the pool can meet the quotas."), "draw"),
    LotteryState.CHECKED: (gettext_lazy("Compute the odds, then commit them in public."), "draw"),
    LotteryState.COMMITTED: (gettext_lazy("Wait for chance, enter what it gave, and draw."), "draw"),
    LotteryState.DRAWN: (
        gettext_lazy("Those who were drawn are asked. A seat that stays free goes to the next."),
        "seats",
    ),
    LotteryState.SEATED: (gettext_lazy("Every seat is taken."), "seats"),
}


class ListView(Screen):
    template_name = "participation/sortition/staff/list.html"
    page_title = gettext_lazy("Draws by lot")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            {
                "lottery": lottery,
                "state": lottery.get_state_display(),
                "url": url("edit", lottery),
            }
            for lottery in queries.manageable(organisations_of(self.person))[:200]
        ]
        return {**super().get_context_data(**kwargs), "rows": rows}

    def trail(self) -> list[tuple[str, str]]:
        return []


class BoardView(OneLottery):
    template_name = "participation/sortition/staff/board.html"
    page_name = "edit"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.lottery)

    def get_page_subtitle(self) -> str:
        return str(self.lottery.process)

    def trail(self) -> list[tuple[str, str]]:
        return Screen.trail(self)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("verb", "")
        if verb == "destroy":
            self.tried(actions.destroy_frame, self.lottery, done=_("Names and addresses of the letters are destroyed."))
        elif verb == "end":
            self.tried(actions.end, self.lottery, done=_("The draw by lot has ended."))
        return redirect(url("edit", self.lottery))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lottery = self.lottery
        state = LotteryState(lottery.state)
        draw = queries.live_draw(lottery)
        offers = list(queries.offers(draw)) if draw else []
        next_words, next_page = NEXT.get(state, ("", "edit"))
        before = state in (LotteryState.DESIGNED, LotteryState.FRAMED)
        context = {
            "steps": [(each.label, each == state) for each in LotteryState],
            "state": state,
            "next": next_words,
            "next_url": url(next_page, lottery) if next_page != "edit" else "",
            "missing": [(str(MISSING[each][0]), url(MISSING[each][1], lottery)) for each in gaps(lottery)]
            if before
            else [],
            "figures": queries.figures(lottery),
            "draw": draw,
            "confirmed": sum(offer.state == OfferState.CONFIRMED for offer in offers),
            "waiting": sum(offer.state == OfferState.OFFERED for offer in offers),
            "may_destroy": lottery.frame_destroyed_at is None
            and state in (LotteryState.DRAWN, LotteryState.SEATED, LotteryState.ENDED),
            "may_end": state in (LotteryState.DRAWN, LotteryState.SEATED),
            "overview": reverse("process:overview", args=[lottery.process.pk]),
            "history_url": reverse("process_activity:history", args=[lottery.pk]),
        }
        return {**super().get_context_data(**kwargs), **context}
