"""The draw, step by step on one page: quotas checked, odds computed, committed, chance entered, drawn; or annulled."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken
from zenne.participation.processes.staff.forms import Reasons, opening

from .. import actions, beacon, drawing, queries, wording
from ..enums import DrawState, LotteryState, Source
from ..models import Draw
from ..rules import may_annul, may_draw
from .forms import CommitForm, DiceForm, SignatureForm
from .screens import WAIT, FormPage, OneLottery, url


class DrawView(OneLottery):
    template_name = "participation/sortition/staff/draw.html"
    page_title = gettext_lazy("Draw")
    page_name = "draw"
    header_icon = "rotate"

    @cached_property
    def draw(self) -> Draw | None:
        found = queries.live_draw(self.lottery)
        if found is not None:
            found.lottery = self.lottery
        return found

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.page()
        computing = self.draw is not None and self.draw.state == DrawState.COMPUTING
        if computing or self.lottery.check_result.get("state") == "checking":
            answer["Refresh"] = WAIT
        return answer

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        verb, lottery = request.POST.get("verb", ""), self.lottery
        if verb in ("check", "compute"):
            self.tried(actions.begin_check if verb == "check" else actions.begin_draw, lottery)
        elif self.draw is not None and str(self.draw.number) == request.POST.get("draw", ""):
            return self._of_draw(verb, self.draw)
        return redirect(url("draw", lottery))  # also when the page that was sent showed another draw

    def _of_draw(self, verb: str, draw: Draw) -> HttpResponse:
        forms = {
            "commit": (CommitForm, self._commit),
            "signature": (SignatureForm, self._sign),
            "dice": (DiceForm, self._read),
        }
        if verb in forms:
            shape, do = forms[verb]
            return self._formed(shape(self.request.POST), do)
        if verb == "stop":
            self.tried(actions.stop_computing, draw)
        elif verb == "discard":
            self.tried(actions.discard_draw, draw, done=_("These odds are put away."))
        elif verb == "fetch":
            self.tried(self._fetch, done=_("The round is fetched, and its signature is right."))
        elif verb == "draw":
            self.tried(actions.draw_panel, draw, done=_("The panel is drawn. Those who are on it are being asked."))
        return redirect(url("draw", self.lottery))

    def _formed(self, form: Any, verb: Any) -> HttpResponse:
        if form.is_valid():
            try:
                verb(form.cleaned_data)
                return redirect(url("draw", self.lottery))
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
        return self.page(form=form, status=422)

    def _commit(self, given: dict[str, Any]) -> None:
        moment = opening(given["day"], given["hour"])
        assert self.draw is not None
        assert moment is not None
        actions.commit(
            self.draw,
            source=Source(given["source"]),
            moment=moment,
            throws=given["throws"] or 0,
            place=given["place"],
            **self.who,
        )

    def _sign(self, given: dict[str, Any]) -> None:
        assert self.draw is not None
        actions.enter_signature(self.draw, signature=given["signature"], **self.who)

    def _fetch(self, **who: Any) -> None:
        assert self.draw is not None
        actions.enter_signature(self.draw, signature=beacon.fetch(drawing.address_of(self.draw)), **who)

    def _read(self, given: dict[str, Any]) -> None:
        assert self.draw is not None
        actions.read_dice(self.draw, digits=given["digits"], **self.who)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lottery, draw, now = self.lottery, self.draw, self.request.now  # type: ignore[attr-defined]
        earlier = list(lottery.draws.exclude(pk=draw.pk if draw else 0).order_by("-number"))
        readings = list(draw.readings.order_by("pk")) if draw and draw.source == Source.DICE else []
        context = {
            "draw": draw,
            "state": LotteryState(lottery.state),
            "check": lottery.check_result,
            "fault": wording.kept(lottery.check_result.get("fault", "")),
            "options": self._options(),
            "earlier": [(each, wording.kept(each.failure.get("words", ""))) for each in earlier],
            "progress": self._progress(),
            "form": kwargs.get("form") or self._form(),
            "may_draw": bool(draw and may_draw(draw, now)),
            "may_annul": bool(draw and may_annul(draw)),
            "annul_url": url("annul", lottery),
            "seats_url": url("seats", lottery),
            "pool_url": url("pool", lottery),
            "address": drawing.address_of(draw) if draw and draw.commitment else "",
            "low": 100 * draw.minimum if draw and draw.minimum is not None else None,
            "high": 100 * draw.bound if draw and draw.bound is not None else None,
            "readings": len(readings),
            "mine": any(reading.read_by_id == self.person.pk for reading in readings),
            "differ": len({reading.digits for reading in readings}) > 1 and draw and not draw.randomness,
        }
        return {**super().get_context_data(**kwargs), **context}

    def _form(self) -> Any:
        draw = self.draw
        if draw is None:
            return None
        if draw.state == DrawState.READY:
            return CommitForm(initial={"source": self.lottery.source})
        if draw.state == DrawState.COMMITTED:
            return DiceForm() if draw.source == Source.DICE else SignatureForm()
        return None

    def _progress(self) -> dict[str, Any]:
        said = self.draw.progress if self.draw else {}
        return {
            "stage": wording.stage(said.get("stage", "")),
            "percent": round(100 * said.get("share", 0)),
            "bound": None if said.get("bound") is None else 100 * said["bound"],
        }

    def _options(self) -> list[dict[str, Any]]:
        """The smallest changes that let the pool meet the quotas, each in words."""
        features = {
            (category.key, feature.key): (category, feature)
            for category in queries.categories(self.lottery)
            for feature in category.features.all()
        }
        return [
            {
                "number": number,
                "url": url("widen", self.lottery, number),
                "changes": [wording.change(*features[each[0], each[1]], each[2], each[3]) for each in option],
            }
            for number, option in enumerate(self.lottery.check_result.get("options", []))
        ]


class WidenView(FormPage):
    """Taking one of the changes that the check found: a decision that everybody reads, with its reason."""

    page_title = gettext_lazy("Widen quotas")
    header_icon = "warning"

    @cached_property
    def changes(self) -> list[str]:
        options = self.lottery.check_result.get("options", [])
        if self.kwargs["option"] >= len(options):
            return []
        features = {
            (category.key, feature.key): (category, feature)
            for category in queries.categories(self.lottery)
            for feature in category.features.all()
        }
        return [
            wording.change(*features[each[0], each[1]], each[2], each[3]) for each in options[self.kwargs["option"]]
        ]

    def form(self, data: Any = None) -> Reasons:
        form = Reasons(data)
        form.offer(self.lottery.process.organisation)
        return form

    def save(self, form: Reasons) -> str:
        actions.widen(self.lottery, option=self.kwargs["option"], reason=form.reason(), **self.who)
        return url("draw", self.lottery)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = _("This is published with the rule of the activity, with your reason. Quotas are only ever widened.")
        return super().get_context_data(
            back=url("draw", self.lottery), before=self.changes, warning=said, save=_("Decide"), **kwargs
        )


class AnnulView(FormPage):
    """A draw that does not count, with the reason in every language that the organisation promises."""

    page_title = gettext_lazy("Annul the draw")
    header_icon = "warning"

    @cached_property
    def draw(self) -> Draw:
        states = (DrawState.COMMITTED, DrawState.DRAWN)
        return get_object_or_404(Draw, lottery=self.lottery, state__in=states)

    def form(self, data: Any = None) -> Reasons:
        form = Reasons(data)
        form.offer(self.lottery.process.organisation)
        return form

    def save(self, form: Reasons) -> str:
        actions.annul(self.draw, reason=form.reason(), **self.who)
        return url("draw", self.lottery)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = _(
            "Everybody who was drawn loses their seat, and everybody reads why. The draw stays readable, and another one becomes possible."
        )
        return super().get_context_data(
            back=url("draw", self.lottery),
            before=[_("Draw %(number)s") % {"number": self.draw.number}],
            warning=said,
            save=_("Annul the draw"),
            **kwargs,
        )
