"""One panel in the back office: its terms, who sits in it, what is due."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.participation.processes.models import Process
from zenne.people.history.actions import record_read
from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Desk, Screen, WithForm, WithVerbs

from .. import actions, queries, showing
from ..enums import SeatState
from ..models import Panel, Seat
from ..rules import day_of, manages
from .forms import ChangeForm, DissolveForm, FormForm, PayoutForm, RenewForm, SeatForm, SplitForm


def desk_url(panel: Panel) -> str:
    return reverse("panel:edit", args=[panel.pk])


class OnePanel(Desk):
    """A page about one panel of the person's organisations."""

    any_permission_required = ["change"]
    header_icon = "group"

    @cached_property
    def panel(self) -> Panel:
        return queries.panels().get(pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return f"{self.panel} · {self.panel.process}"

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (desk_url(self.panel), str(self.panel))]

    def note_reads(self, seats: list[Seat], what: str) -> None:
        """Names, addresses and accounts are shown: that is written down."""
        record_read(
            [seat.person for seat in seats if seat.person],
            by=self.request.user,
            what=what,
            now=self.request.now,  # type: ignore[attr-defined]
            organisation=self.panel.process.organisation,
        )


class DeskView(WithVerbs, OnePanel):
    template_name = "participation/panels/staff/desk.html"
    page_title = gettext_lazy("Panel")

    def trail(self) -> list[tuple[str, str]]:
        return Screen.trail(self)

    @cached_property
    def forms(self) -> dict[str, Any]:
        panel, now = self.panel, self.request.now  # type: ignore[attr-defined]
        month = day_of(now).replace(day=1) - timedelta(days=1)
        period = {"first_day": month.replace(day=1), "last_day": month}
        language = {"language": panel.process.organisation.languages[0]}
        return {
            "seat": SeatForm(self.typed("seat"), vacant=queries.vacant(panel, now), initial=language),
            "renew": RenewForm(self.typed("renew")),
            "split": SplitForm(self.typed("split"), panel=panel),
            "pay": PayoutForm(self.typed("pay"), initial=period),
            "end": DissolveForm(self.typed("end")),
        }

    def verbs(self) -> dict[str, Callable[..., str]]:
        return {
            "seat": self._seat,
            "renew": self._renew,
            "split": self._split,
            "pay": self._pay,
            "end": self._end,
            "welcome": self._welcome,
            "code": self._code,
        }

    def back(self) -> str:
        return desk_url(self.panel)

    def _seat(self, form: SeatForm) -> str:
        follows = form.cleaned_data["follows"]
        made = actions.seat(self.panel, contact=form.contact(), follows=follows, **self.who)
        return _("%(seat)s is given to %(name)s.") % {"seat": made, "name": made.known_as}

    def _renew(self, form: RenewForm) -> str:
        return _("%(term)s is open for new seats.") % {
            "term": actions.renew(self.panel, **form.cleaned_data, **self.who)
        }

    def _split(self, form: SplitForm) -> str:
        given = form.cleaned_data
        actions.split_term(given["term"], ends_on=given["ends_on"], **self.who)
        return _("Every second seat of the term ends on the other day now.")

    def _pay(self, form: PayoutForm) -> str:
        made = actions.close_payout(self.panel, **form.cleaned_data, **self.who)
        return _("%(payout)s is closed: take the file for the finance service.") % {"payout": made}

    def _end(self, form: DissolveForm) -> str:
        actions.dissolve(self.panel, reason=form.cleaned_data["reason"], **self.who)
        return _("The panel has ended.")

    def _one(self) -> Seat:
        return self.item(Seat.objects.filter(panel=self.panel).select_related("panel__process__organisation"))

    def _welcome(self) -> str:
        actions.write_to(self._one(), **self.who)
        return _("The welcome leaves by e-mail.")

    def _code(self) -> str:
        actions.new_code(self._one(), **self.who)
        return _("A new code is made: print or send the letter again. The one before works no more.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        panel, now = self.panel, self.request.now  # type: ignore[attr-defined]
        rows = list(queries.seats(panel))
        taken = [seat for seat in rows if seat.state == SeatState.SEATED]
        attended = queries.attended(panel)
        self.note_reads(taken, "panel")
        number, cents = queries.due(panel)
        meetings = [each for each in queries.meetings(panel) if each.starts_at <= now]
        return {
            **super().get_context_data(**kwargs),
            "panel": panel,
            "forms": self.forms,
            "terms": showing.terms(panel, now),
            "seats": [{"seat": seat, "times": attended.get(seat.pk, 0)} for seat in taken],
            "gone": [seat for seat in rows if seat.state != SeatState.SEATED],
            "vacant": {seat.pk for seat in queries.vacant(panel, now)},
            "free": max(0, panel.size - len(list(queries.sitting(panel, now)))),
            "meetings": list(reversed(meetings)),
            "payouts": list(queries.payouts(panel)),
            "due": {"number": number, "cents": cents},
            "manages": manages(self.request.user, panel),
            "process_url": reverse("process:overview", args=[panel.process_id]),
        }


class FormPage(WithForm, OnePanel):
    """A page with one form; what `save` does may be refused, beside the form."""

    template_name = "participation/panels/staff/form.html"
    done = gettext_lazy("Saved.")
    note: Any = ""

    def back(self) -> str:
        return desk_url(self.panel)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.back(), note=self.note, **kwargs)


class AddView(FormPage):
    any_permission_required = ["add"]
    page_title = gettext_lazy("New panel")
    header_icon = "group"

    def trail(self) -> list[tuple[str, str]]:
        return Screen.trail(self)

    def get_page_subtitle(self) -> str:
        return ""

    def back(self) -> str:
        return reverse(self.viewset.get_url_name("index"))

    def form(self, data: Any = None) -> FormForm:
        mine = organisations_of(self.person, Role.MANAGER)
        return FormForm(data, processes=Process.objects.filter(organisation__in=mine).order_by("-pk"))

    def save(self, form: FormForm) -> str:
        given = {"name": form.words("name"), "mandate": form.words("mandate"), "terms": form.terms(), **form.values()}
        return desk_url(actions.form(form.cleaned_data["process"], **given, **self.who))


class ChangeView(FormPage):
    any_permission_required = ["arrange"]
    page_title = gettext_lazy("Words, seats and allowance")

    def form(self, data: Any = None) -> ChangeForm:
        return ChangeForm(data, panel=self.panel)

    def save(self, form: ChangeForm) -> str:
        words = {"name": form.words("name"), "mandate": form.words("mandate")}
        actions.change_panel(self.panel, values=form.values(), **words, **self.who)
        return desk_url(self.panel)
