"""The counter: look somebody up, see whether they may still vote, hand over a paper ballot or open the ballot on a screen.

Who was looked up travels in the page, signed, and is written down nowhere: `actions/counter.py` says why. Like all of the back office, no answer is
kept by the browser.
"""

import io
from typing import Any

import segno
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.errors import Spoken
from zenne.core.numbers import whole_number
from zenne.people.access.answers import Refused
from zenne.people.accounts.models import Person
from zenne.people.accounts.queries import person_with_email

from .. import actions, queries, showing
from ..actions.counter import PASS_LIFE
from ..enums import BatchState, Channel, Districts
from ..errors import AlreadyVoted
from ..queries import Guest
from ..rules import asks_residence, may_be_served, own_district
from .forms import LookForm
from .screens import OneVote, url

SALT = "zenne.participation.voting.desk"
A_WHILE = 900  # seconds that a looked-up person stays on the page


class DeskView(OneVote):
    template_name = "participation/voting/staff/desk.html"
    page_title = gettext_lazy("Counter")
    header_icon = "user"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(form=LookForm())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("verb", "look")
        if verb == "look":
            return self._look(LookForm(request.POST))
        guest = self.guest
        if guest is None:
            messages.error(request, _("This took too long. Look the person up again."))
            return redirect(url("desk", self.vote))
        try:
            return self._serve(verb, guest)
        except Spoken as refusal:
            fault = (
                showing.said(refusal.refused) if hasattr(refusal, "refused") else refusal.message or refusal.headline
            )
            return self._found(guest, fault=str(fault), status=refusal.status)

    def _look(self, form: LookForm) -> HttpResponse:
        if not form.is_valid():
            return self.page(form=form, status=422)
        try:
            guest = self._asked(form.cleaned_data["who"].strip())
        except Spoken as refusal:
            form.add_error("who", str(refusal.message or refusal.headline))
            return self.page(form=form, status=422)
        if guest is None:
            form.add_error(
                "who", _("No account has this address. With the national number on the identity card they need none.")
            )
            return self.page(form=form, status=422)
        return self._found(guest)

    def _asked(self, who: str) -> Guest | None:
        if "@" not in who:
            return queries.guest_with_number(who)
        person = person_with_email(who)
        return Guest(person) if person is not None and person.is_active else None

    def _serve(self, verb: str, guest: Guest) -> HttpResponse:
        said, vote = self.request.POST, self.vote
        lives_here = "lives_here" in said
        if verb in ("paper", "back"):
            batch = vote.batches.filter(number=whole_number(said.get("batch"), 5) or 0).first()
            if batch is None:
                return self._found(guest, fault=_("Choose the batch."), status=422)
            if verb == "back":
                actions.take_back(batch, guest=guest, **self.who)
                messages.success(self.request, _("Tear the ballot up. They can vote again, in every way."))
                return redirect(url("desk", vote))
            actions.hand_out(batch, guest=guest, lives_here=lives_here, **self.who)
            messages.success(
                self.request, _("Hand over one ballot of batch %(number)d now.") % {"number": batch.number}
            )
            return redirect(url("desk", vote))
        district = self._own(guest) or vote.districts.filter(number=whole_number(said.get("district"), 5) or 0).first()
        code = actions.let_vote(vote, guest=guest, district=district, lives_here=lives_here, **self.who)
        return self._opened(code)

    def _own(self, guest: Guest) -> Any:
        """Where an account votes; a card says nothing of it, and staff choose."""
        if self.vote.districts_mode != Districts.OWN or guest.mark or guest.person is None:
            return None
        return own_district(guest.person, self.vote)

    def _opened(self, code: str) -> HttpResponse:
        now = self.request.now  # type: ignore[attr-defined]
        path = reverse("voting:counter_ballot", args=[self.vote.process.slug, self.vote.pk, code])
        drawing = io.BytesIO()
        segno.make(self.request.build_absolute_uri(path), error="m", micro=False).save(
            drawing, kind="svg", scale=5, border=4, light="#fff", xmldecl=False, svgclass=None, lineclass=None
        )
        enter = self.request.build_absolute_uri(reverse("voting:counter", args=[self.vote.process.slug, self.vote.pk]))
        context = {
            "code": [code[:5], code[5:]],
            "path": path,
            "enter": enter,
            "qr": mark_safe(drawing.getvalue().decode()),  # noqa: S308 - drawn by us from our own address
            "minutes": max(1, int((actions.lasts_until(self.vote, now + PASS_LIFE) - now).total_seconds() // 60)),
        }
        return self.page(form=LookForm(waits=False), opened=context)

    @cached_property
    def guest(self) -> Guest | None:
        try:
            data = signing.loads(self.request.POST.get("guest", ""), salt=SALT, max_age=A_WHILE)
        except signing.BadSignature:
            return None
        if data["vote"] != self.vote.pk:
            return None
        person = Person.objects.filter(pk=data["person"], is_active=True).first() if data["person"] else None
        return Guest(person, data["mark"], data["born"]) if person is not None or data["mark"] else None

    def _found(self, guest: Guest, *, fault: str = "", status: int = 200) -> HttpResponse:
        vote, now = self.vote, self.request.now  # type: ignore[attr-defined]
        line = queries.line_of(vote, guest)
        answer = may_be_served(vote, person=guest.person, born=guest.born, mark=guest.mark, lives_here=True, now=now)
        channel = Channel(line.channel) if line else None
        kept = {
            "vote": vote.pk,
            "person": guest.person.pk if guest.person else None,
            "mark": guest.mark,
            "born": guest.born,
        }
        own = self._own(guest)
        out = vote.batches.filter(state=BatchState.OUT).select_related("district").order_by("number")
        batches = [each for each in out if each.issued < each.printed and (own is None or each.district_id == own.pk)]
        context = {
            "form": LookForm(waits=False),
            "found": guest,
            "token": signing.dumps(kept, salt=SALT),
            "name": str(guest.person) if guest.person and not guest.mark else "",
            "channel": channel,
            "standing": str(AlreadyVoted(channel).message) if channel else "",
            "refused": showing.said(answer) if isinstance(answer, Refused) else "",
            "batches": batches,
            "handed": [each for each in out if line and each.district_id == line.district_id and each.issued],
            "residence": bool(guest.mark) and asks_residence(vote),
            "choose": queries.districts_of(vote) if vote.districts_mode == Districts.OWN and guest.mark else [],
            "own": own,
            "fault": fault,
        }
        return self.page(status=status, **context)
