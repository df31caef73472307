"""Appeals: the second look, by somebody who did not take the first decision."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.errors import Conflict, Spoken
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import NOBODY, OrganisationPolicy, Screen

from .. import actions
from ..cases import thing_of
from ..enums import Outcome
from ..forms import JudgeForm
from ..kinds import contribution_of
from ..models import Appeal
from ..queries import appeals_for
from ..rules import may_judge

MOST = 200


class AppealPolicy(OrganisationPolicy):
    """Whoever handles an appeal reads it, and so does the organisation it is about."""

    def __init__(self) -> None:
        super().__init__("organisation", roles=(Role.MODERATOR,), add=NOBODY, delete=NOBODY)

    def scope(self, queryset: QuerySet[Any], organisations: Any) -> QuerySet[Any]:
        mine = list(organisations)
        return queryset.filter(Q(organisation__in=mine) | Q(handled_by__in=mine))


class AppealsView(Screen):
    template_name = "people/moderation/staff/appeals.html"
    page_title = gettext_lazy("Appeals")
    header_icon = "rotate"

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("moderation_case:index"), _("Moderation"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = appeals_for(self.person)
        waiting = list(found.filter(outcome="").select_related("author")[:MOST])
        decided = found.exclude(outcome="").select_related("decided_by").order_by("-decided_at", "-pk")
        return {
            **super().get_context_data(**kwargs),
            "object_list": waiting,
            "waiting": [(one, bool(may_judge(self.person, one))) for one in waiting],
            "decided": decided[:MOST],
        }


class JudgeView(Screen):
    template_name = "people/moderation/staff/appeal.html"
    page_title = gettext_lazy("Appeal")
    header_icon = "rotate"

    @cached_property
    def appeal(self) -> Appeal:
        found = appeals_for(self.person).select_related("author", "decided_by", "decision__moderator", "block__person")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def trail(self) -> list[tuple[str, str]]:
        queue, appeals = reverse("moderation_case:index"), reverse("moderation_appeal:index")
        return [(queue, _("Moderation")), (appeals, _("Appeals"))]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = JudgeForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                actions.judge(self.appeal, Outcome(given["outcome"]), reason=given["reason"], **self.who)
            except Spoken as refusal:
                self.__dict__.pop("appeal", None)
                form.add_error(None, str(refusal.message or refusal.headline))
                return self._page(form, 409 if isinstance(refusal, Conflict) else 422)
            messages.success(request, _("The appeal is decided; the author is told, with your reasons."))
            return redirect(reverse("moderation_appeal:index"))
        return self._page(form, 422)

    def _page(self, form: JudgeForm, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        appeal = self.appeal
        form = kwargs.pop("form", None) or JudgeForm()
        thing = thing_of(appeal.decision.case) if appeal.decision else None
        contribution = contribution_of(thing) if thing is not None else None
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "appeal": appeal,
            "decision": appeal.decision,
            "made": appeal.block,
            "label": contribution.label if contribution else "",
            "excerpt": contribution.excerpt(thing) if contribution else "",
            "language": contribution.language(thing) if contribution else "",
            "gone": thing is None or (contribution is not None and contribution.gone(thing)),
            "may": not appeal.outcome and bool(may_judge(self.person, appeal)),
            "is_first": appeal.first_id == self.person.pk,
        }
