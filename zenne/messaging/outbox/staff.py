"""The back office of the outbox, for platform administrators: figures per kind and day, and what needs a human decision.

It shows numbers and moments, no address and no name: who looks after the mail server need not know who reads what.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from zenne.core.errors import Spoken
from zenne.core.numbers import key_of

from . import actions, queries
from .enums import LetterState
from .kinds import sources
from .models import Letter

COLUMNS = (
    LetterState.WAITING,
    LetterState.SENT,
    LetterState.BOUNCED,
    LetterState.IN_DOUBT,
    LetterState.FAILED,
    LetterState.CANCELLED,
)


class OutboxView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "messaging/outbox/staff/outbox.html"
    page_title = gettext_lazy("Outgoing mail")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_superuser:  # type: ignore[union-attr]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.request.now  # type: ignore[attr-defined]
        days = [
            {"day": day, "kind": called(source), "counts": [counts.get(state, 0) for state in COLUMNS]}
            for (day, source), counts in queries.per_day(now).items()
        ]
        undecided = [{"letter": letter, "kind": called(letter.source)} for letter in queries.undecided()]
        return super().get_context_data(
            columns=[state.label for state in COLUMNS],
            days=days,
            undecided=undecided,
            totals=queries.totals(now),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        letter = Letter.objects.filter(pk=key_of(request.POST.get("letter"))).first()
        if letter is None:
            raise Http404
        decide = {"again": actions.send_again, "leave": actions.leave_it}.get(request.POST.get("verb", ""))
        if decide is None:
            raise Http404
        try:
            decide(letter, by=request.user, now=request.now)  # type: ignore[attr-defined]
        except Spoken as refusal:
            messages.error(request, str(refusal.message or refusal.headline))
        else:
            messages.success(request, _("The letter is decided."))
        return redirect(reverse("outbox-board"))


def called(source: str) -> str:
    known = sources.get(source)
    return str(known.label) if known else source
