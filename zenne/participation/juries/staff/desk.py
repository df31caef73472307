"""One jury in the back office: what it still lacks, its rule, its criteria, who sits in it, what is before it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.errors import Spoken
from zenne.core.numbers import key_of
from zenne.participation.processes.enums import ProcessState, WindowState
from zenne.people.organisations.staff import Screen

from .. import actions, queries, showing
from ..enums import MemberState, Stage
from ..models import Candidate, Criterion, Jury, Member
from ..rules import has_deliberated, stage
from .forms import CriterionForm, InviteForm, RuleForm, TakeForm


def desk_url(jury: Jury) -> str:
    return reverse("jury:edit", args=[jury.pk])


class OneJury(Screen):
    """A page about one jury of the person's organisations."""

    any_permission_required = ["change"]
    header_icon = "group"

    @cached_property
    def jury(self) -> Jury:
        return queries.juries().get(pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return f"{self.jury} · {self.jury.process}"

    @property
    def opened(self) -> bool:
        """Whether a change of the rule is public."""
        open_to_all = self.jury.process.state != ProcessState.DRAFT
        return open_to_all and self.jury.activity.state(self.request.now) != WindowState.UPCOMING  # type: ignore[attr-defined]

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (desk_url(self.jury), str(self.jury))]


class DeskView(OneJury):
    template_name = "participation/juries/staff/desk.html"
    page_title = gettext_lazy("Jury")

    def trail(self) -> list[tuple[str, str]]:
        return Screen.trail(self)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("verb", "")
        forms = {"invite": InviteForm(request.POST), "take": TakeForm(request.POST, jury=self.jury)}
        form = forms.get(verb)
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(**{verb: form}), status=422)
        verbs: dict[str, Callable[[], str]] = {
            "invite": lambda: self._invite(forms["invite"]),
            "take": lambda: self._take(forms["take"]),
            "again": lambda: self._again(),
            "withdraw": lambda: self._withdraw(),
            "remove": lambda: self._remove(),
            "chair": lambda: self._chair(),
            "release": lambda: self._release(),
        }
        try:
            if verb in verbs:
                messages.success(request, verbs[verb]())
        except Spoken as refusal:
            if form is not None:
                form.add_error(None, str(refusal.message or refusal.headline))
                return self.render_to_response(self.get_context_data(**{verb: form}), status=422)
            messages.error(request, str(refusal.message or refusal.headline))
        return redirect(desk_url(self.jury))

    def _item(self, rows: Any) -> Any:
        """The row of this jury that the button names."""
        found = rows.filter(jury=self.jury, pk=key_of(self.request.POST.get("item"))).first()
        if found is None:
            raise Spoken(_("It is no longer there."))
        found.jury = self.jury
        return found

    def _invite(self, form: Any) -> str:
        seat = actions.invite(self.jury, **form.cleaned_data, **self.who)
        return _("An invitation leaves for %(name)s.") % {"name": seat}

    def _take(self, form: Any) -> str:
        made = actions.take_candidates(self.jury, source=form.chosen(), **self.who)
        return _("Put before the jury: %(number)s.") % {"number": len(made)}

    def _again(self) -> str:
        actions.invite_again(self._item(Member.objects), **self.who)
        return _("The invitation leaves once more.")

    def _withdraw(self) -> str:
        actions.withdraw_invitation(self._item(Member.objects), **self.who)
        return _("The invitation is taken back.")

    def _remove(self) -> str:
        actions.leave(self._item(Member.objects), **self.who)
        return _("The member no longer sits in the jury. What was submitted stays.")

    def _chair(self) -> str:
        seat = actions.appoint_chair(self._item(Member.objects), **self.who)
        return _("%(name)s chairs the jury.") % {"name": seat}

    def _release(self) -> str:
        actions.release_candidate(self._item(Candidate.objects.select_related("idea")), **self.who)
        return _("It is no longer before the jury.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        jury, now = self.jury, self.request.now  # type: ignore[attr-defined]
        invite, take = kwargs.pop("invite", None), kwargs.pop("take", None)
        rows, considered = queries.criteria(jury), queries.considered(jury)
        at = stage(jury, now)
        seats = list(queries.members(jury))
        address = [jury.process.slug, jury.pk]
        return {
            **super().get_context_data(**kwargs),
            "jury": jury,
            "stage": at,
            "stage_words": at.label,
            "gaps": self._gaps(rows, seats, considered),
            "criteria": showing.criteria(rows),
            "seats": [self._seat(seat) for seat in seats],
            "candidates": considered,
            "recusals": queries.recusals(jury),
            "invite": invite or InviteForm(initial={"language": jury.process.organisation.languages[0]}),
            "take": take or TakeForm(jury=jury),
            "arranging": at in (Stage.PREPARING, Stage.SCORING, Stage.WAITING),
            "settled": has_deliberated(jury),
            "public_url": reverse("juries:page", args=address),
            "lead_url": reverse("juries:deliberation", args=address),
            "process_url": reverse("process:overview", args=[jury.process.pk]),
        }

    def _gaps(self, rows: list[Criterion], seats: list[Member], considered: list[Candidate]) -> list[str]:
        """What a jury cannot do without."""
        there = (MemberState.INVITED, MemberState.ACCEPTED)
        checks = [
            (not rows, _("No criterion yet: nobody can score.")),
            (not considered, _("Nothing is before the jury.")),
            (not any(seat.state in there for seat in seats), _("Nobody is invited.")),
            (not any(seat.is_chair and seat.state in there for seat in seats), _("Nobody chairs the jury.")),
        ]
        return [words for lacking, words in checks if lacking]

    def _seat(self, seat: Member) -> dict[str, Any]:
        state = MemberState(seat.state)
        return {
            "seat": seat,
            "state": state.label,
            "again": state != MemberState.ACCEPTED and bool(seat.email),
            "withdraw": state == MemberState.INVITED,
            "remove": state == MemberState.ACCEPTED,
            "chair": state in (MemberState.INVITED, MemberState.ACCEPTED) and not seat.is_chair,
        }


class FormView(OneJury):
    """A page with one form; `done` does what it asks, and a refusal stands beside it."""

    template_name = "participation/juries/staff/form.html"

    def form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def done(self, form: Any) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                self.done(form)
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
            else:
                messages.success(request, _("Saved."))
                return redirect(desk_url(self.jury))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"back": desk_url(self.jury), "opened": self.opened}
        return {**super().get_context_data(**kwargs), **context}


class RuleView(FormView):
    page_title = gettext_lazy("How the jury works")

    def form(self, data: Any = None) -> RuleForm:
        return RuleForm(data, instance=queries.whole(self.jury), opened=self.opened)

    def done(self, form: RuleForm) -> None:
        actions.change_jury(
            self.jury, values=form.values(), charter=form.charter(), reason=form.said("reason"), **self.who
        )


class CriterionView(FormView):
    """A criterion, new or again; the same page takes it out."""

    page_title = gettext_lazy("Criterion")

    @cached_property
    def criterion(self) -> Criterion | None:
        key = self.kwargs.get("criterion")
        if key is None:
            return None
        found = [each for each in queries.criteria(self.jury) if each.pk == key]
        if not found:
            raise Spoken(_("It is no longer there."))
        found[0].jury = self.jury
        return found[0]

    def form(self, data: Any = None) -> CriterionForm:
        return CriterionForm(data, jury=self.jury, criterion=self.criterion, opened=self.opened)

    def done(self, form: CriterionForm) -> None:
        reason = form.said("reason")
        if "remove" in self.request.POST and self.criterion:
            actions.remove_criterion(self.criterion, reason=reason, **self.who)
            return
        actions.write_criterion(
            self.jury,
            criterion=self.criterion,
            weight=form.cleaned_data["weight"],
            words={"title": form.said("title"), "text": form.said("text")},
            levels=form.levels(),
            reason=reason,
            **self.who,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "removable": self.criterion is not None}
