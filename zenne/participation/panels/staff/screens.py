"""Pages of the desk: one seat, its letter, the attendance of a meeting, a list to pay, the issue of an advice."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from zenne.core.errors import NotFound
from zenne.core.languages import shown
from zenne.opendata.exports.enums import Sheet
from zenne.opendata.exports.kinds import Column, Row
from zenne.opendata.exports.writing import shown as safe
from zenne.opendata.exports.writing import writer
from zenne.participation.meetings.models import Meeting
from zenne.people.history.actions import record

from .. import actions, queries
from ..enums import End, SeatState
from ..ibans import account_of
from ..models import Draft, Payout, Seat
from .desk import FormPage, OnePanel, desk_url
from .forms import AttendanceForm, IssueForm, ReachForm, VacateForm

TYPES = {
    Sheet.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Sheet.CSV: "text/csv; charset=utf-8",
}
PAY = (
    Column("seat", gettext_lazy("Seat")),
    Column("name", gettext_lazy("Name"), personal=True),
    Column("account", gettext_lazy("Bank account (IBAN)"), personal=True),
    Column("meetings", gettext_lazy("Meetings")),
    Column("euros", gettext_lazy("Euros")),
    Column("cents", gettext_lazy("Cents in all")),
)


class _OneSeat(OnePanel):
    any_permission_required = ["arrange"]

    @cached_property
    def seat(self) -> Seat:
        rows = queries.seats(self.panel)
        found = rows.filter(pk=self.kwargs["seat"]).first()
        if found is None:
            raise NotFound(_("It is no longer there."))
        found.panel = self.panel
        self.note_reads([found], "panel.seat")
        return found

    def get_page_subtitle(self) -> str:
        return f"{self.seat} · {self.panel}"


class ContactView(FormPage, _OneSeat):
    page_title = gettext_lazy("How to reach a member")

    def form(self, data: Any = None) -> ReachForm:
        return ReachForm.about(self.seat, data)

    def save(self, form: ReachForm) -> str:
        actions.change_contact(self.seat, contact=form.contact(), account=form.account(), **self.who)
        return desk_url(self.panel)


class VacateView(FormPage, _OneSeat):
    page_title = gettext_lazy("End a seat")
    note = gettext_lazy("The place is vacant then. Attendance and words stay under the number of the seat.")
    verb = gettext_lazy("End the seat")

    def form(self, data: Any = None) -> VacateForm:
        return VacateForm(data, initial={"end": End.RESIGNED})

    def save(self, form: VacateForm) -> str:
        given = form.cleaned_data
        actions.vacate(self.seat, end=End(given["end"]), reason=given["reason"], **self.who)
        return desk_url(self.panel)


class LetterView(_OneSeat):
    """The welcome on paper, with the code, for whoever answered by post: to print from the browser."""

    template_name = "participation/panels/staff/letter.html"
    page_title = gettext_lazy("Letter with the code")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seat = self.seat
        if seat.person_id is not None or seat.state != SeatState.SEATED:
            raise NotFound(_("This seat needs no code any more."))
        organisation = self.panel.process.organisation
        details: dict[str, object] = {"panel": self.panel.pk, "number": seat.number}
        record("panel.code_shown", about=seat, organisation=organisation, details=details, **self.who)
        with override(seat.language):
            name, address = shown(self.panel, "name")[0], settings.BASE_URL.rstrip("/") + reverse("panels:join")
        return {
            **super().get_context_data(**kwargs),
            "seat": seat,
            "name": name,
            "organisation": organisation,
            "code": actions.code_of(seat),
            "address": address,
            "back": desk_url(self.panel),
        }


class AttendanceView(FormPage):
    page_title = gettext_lazy("Attendance")
    note = gettext_lazy("Ticked already: who was checked in at the door. It can be taken again until it is paid.")

    @cached_property
    def meeting(self) -> Meeting:
        found = queries.meetings(self.panel).filter(pk=self.kwargs["meeting"]).first()
        if found is None:
            raise NotFound(_("It is no longer there."))
        return found

    def get_page_subtitle(self) -> str:
        return f"{self.meeting} · {self.panel}"

    def form(self, data: Any = None) -> AttendanceForm:
        seats = queries.expected(self.panel, self.meeting)
        self.note_reads(seats, "panel.attendance")
        taken = queries.attendance(self.panel, self.meeting)
        if taken:
            present = [pk for pk, row in taken.items() if row.present]
        else:
            inside = queries.checked_in(self.meeting)
            present = [seat.pk for seat in seats if seat.person_id in inside]
        return AttendanceForm(data, seats=seats, present=present)

    def save(self, form: AttendanceForm) -> str:
        actions.take_attendance(self.panel, self.meeting, present=form.cleaned_data["present"], **self.who)
        return desk_url(self.panel)


class PayoutView(OnePanel):
    """A closed list as a file for the finance service: one row for each seat, and the sum, to the cent."""

    any_permission_required = ["arrange"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = {"xlsx": Sheet.XLSX, "csv": Sheet.CSV}.get(kwargs["kind"])
        found = Payout.objects.filter(panel=self.panel, pk=kwargs["payout"]).first()
        if found is None or sheet is None:
            raise NotFound(_("It is no longer there."))
        seats = list(queries.pay_lines(found))
        self.note_reads(seats, "panel.payout")
        organisation = self.panel.process.organisation
        shown = [seat.number for seat in seats if seat.sealed_account is not None]
        details: dict[str, object] = {"panel": self.panel.pk, "payout": found.number, "accounts_of_seats": shown}
        record("panel.payout_taken", about=found, organisation=organisation, details=details, **self.who)
        with tempfile.TemporaryDirectory(prefix="zenne-panel-") as folder:
            path = Path(folder) / "payout"
            file = writer(path, sheet, PAY)
            for row in pay_rows(seats):
                file.row([safe(cell) for cell in row])
            file.close()
            content = path.read_bytes()
        answer = HttpResponse(content, content_type=TYPES[sheet])
        name = f"allowances-{self.panel.process.slug}-{self.panel.pk}-{found.number}.{sheet.value}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


def pay_rows(seats: list[Seat]) -> list[Row]:
    """One row for each seat, then the sum. Euros with a point and two digits; cents as a whole number, which no spreadsheet rounds."""
    rows: list[Row] = []
    for seat in seats:
        cents = seat.cents  # type: ignore[attr-defined]  # annotated by queries.pay_lines
        rows.append((seat.number, seat.contact_name, account_of(seat), seat.times, euros(cents), cents))  # type: ignore[attr-defined]
    cents, times = (sum(row[at] for row in rows) for at in (5, 3))  # type: ignore[misc]
    return [*rows, (_("Sum"), "", "", times, euros(cents), cents)]


def euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


class IssueView(FormPage):
    any_permission_required = ["arrange"]
    page_title = gettext_lazy("Issue a text as an advice")
    note = gettext_lazy(
        "Everybody reads it then, and the body must answer every recommendation by that day. It can no longer be changed."
    )
    verb = gettext_lazy("Issue it as an advice")

    @cached_property
    def draft(self) -> Draft:
        found = Draft.objects.filter(panel=self.panel, pk=self.kwargs["draft"]).first()
        if found is None:
            raise NotFound(_("It is no longer there."))
        return found

    def get_page_subtitle(self) -> str:
        return f"{self.draft} · {self.panel}"

    def back(self) -> str:
        return reverse("panels:draft", args=[self.panel.process.slug, self.panel.pk, self.draft.pk])

    def form(self, data: Any = None) -> IssueForm:
        return IssueForm(data, panel=self.panel)

    def save(self, form: IssueForm) -> str:
        made = actions.issue_draft(self.draft, **form.cleaned_data, **self.who)
        return made.get_absolute_url()
