"""One jury in the back office: what it still lacks, its rule, its criteria, who sits in it, what is before it."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken
from zenne.participation.processes.rules import stands_in_public
from zenne.people.organisations.staff import Desk, Screen, WithForm, WithVerbs

from .. import actions, queries, showing
from ..enums import MemberState, Stage
from ..models import Candidate, Criterion, Jury, Member
from ..rules import has_deliberated, stage
from .forms import CriterionForm, InviteForm, RuleForm, TakeForm


def desk_url(jury: Jury) -> str:
    return reverse("jury:edit", args=[jury.pk])


class OneJury(Desk):
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
        return stands_in_public(self.jury.activity, self.request.now)  # type: ignore[attr-defined]

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (desk_url(self.jury), str(self.jury))]


class DeskView(WithVerbs, OneJury):
    template_name = "participation/juries/staff/desk.html"
    page_title = gettext_lazy("Jury")

    def trail(self) -> list[tuple[str, str]]:
        return Screen.trail(self)

    @cached_property
    def forms(self) -> dict[str, Any]:
        return {
            "invite": InviteForm(self.typed("invite"), jury=self.jury),
            "take": TakeForm(self.typed("take"), jury=self.jury),
        }

    def verbs(self) -> dict[str, Callable[..., str]]:
        return {
            "invite": self._invite,
            "take": self._take,
            "again": self._again,
            "withdraw": self._withdraw,
            "remove": self._remove,
            "chair": self._chair,
            "release": self._release,
        }

    def back(self) -> str:
        return desk_url(self.jury)

    def _seat(self) -> Member:
        seat = self.item(Member.objects.filter(jury=self.jury))
        seat.jury = self.jury
        return seat

    def _invite(self, form: InviteForm) -> str:
        seat = actions.invite(self.jury, **form.values(), **self.who)
        return _("An invitation leaves for %(name)s.") % {"name": seat}

    def _take(self, form: TakeForm) -> str:
        made = actions.take_candidates(self.jury, source=form.chosen(), **self.who)
        return _("Put before the jury: %(number)s.") % {"number": len(made)}

    def _again(self) -> str:
        actions.invite_again(self._seat(), **self.who)
        return _("The invitation leaves once more.")

    def _withdraw(self) -> str:
        actions.withdraw_invitation(self._seat(), **self.who)
        return _("The invitation is taken back.")

    def _remove(self) -> str:
        actions.leave(self._seat(), **self.who)
        return _("The member no longer sits in the jury. What was submitted stays.")

    def _chair(self) -> str:
        seat = actions.appoint_chair(self._seat(), **self.who)
        return _("%(name)s chairs the jury.") % {"name": seat}

    def _release(self) -> str:
        candidate = self.item(Candidate.objects.filter(jury=self.jury).select_related("idea"))
        candidate.jury = self.jury
        actions.release_candidate(candidate, **self.who)
        return _("It is no longer before the jury.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        jury, now = self.jury, self.request.now  # type: ignore[attr-defined]
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
            "seats": [self._shown(seat) for seat in seats],
            "candidates": considered,
            "recusals": queries.recusals(jury),
            "forms": self.forms,
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

    def _shown(self, seat: Member) -> dict[str, Any]:
        state = MemberState(seat.state)
        return {
            "seat": seat,
            "state": state.label,
            "again": state != MemberState.ACCEPTED and bool(seat.email),
            "withdraw": state == MemberState.INVITED,
            "remove": state == MemberState.ACCEPTED,
            "chair": state in (MemberState.INVITED, MemberState.ACCEPTED) and not seat.is_chair,
        }


class FormPage(WithForm, OneJury):
    """A page with one form; what `save` does may be refused, beside the form."""

    template_name = "participation/juries/staff/form.html"
    done = gettext_lazy("Saved.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=desk_url(self.jury), opened=self.opened, **kwargs)


class RuleView(FormPage):
    page_title = gettext_lazy("How the jury works")

    def form(self, data: Any = None) -> RuleForm:
        return RuleForm(data, instance=queries.whole(self.jury), opened=self.opened)

    def save(self, form: RuleForm) -> str:
        actions.change_jury(
            self.jury, values=form.values(), charter=form.words("charter"), reason=form.words("reason"), **self.who
        )
        return desk_url(self.jury)


class CriterionView(FormPage):
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

    def save(self, form: CriterionForm) -> str:
        reason = form.words("reason")
        if "remove" in self.request.POST and self.criterion:
            actions.remove_criterion(self.criterion, reason=reason, **self.who)
            return desk_url(self.jury)
        actions.write_criterion(
            self.jury,
            criterion=self.criterion,
            weight=form.cleaned_data["weight"],
            words={"title": form.words("title"), "text": form.words("text")},
            levels=form.levels(),
            reason=reason,
            **self.who,
        )
        return desk_url(self.jury)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "removable": self.criterion is not None}
