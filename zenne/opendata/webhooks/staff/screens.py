"""The page of one webhook: where it stands, its buttons, and what was sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from zenne.core.errors import Spoken
from zenne.core.numbers import key_of, whole_number

from .. import actions, queries
from ..enums import DeliveryState, SubscriptionState
from ..kinds import webhooks
from ..models import Attempt, Delivery, Subscription

ON_A_PAGE = 20
FAULTS = {
    "timeout": gettext_lazy("no answer in ten seconds"),
    "tls": gettext_lazy("its certificate is not valid"),
    "connection": gettext_lazy("no connection"),
    "address": gettext_lazy("not an address"),
    "scheme": gettext_lazy("not an https:// address"),
    "unknown-host": gettext_lazy("unknown host name"),
    "private-address": gettext_lazy("an address of a private network"),
}
TELL = {DeliveryState.WAITING: "", DeliveryState.DELIVERED: "is-done", DeliveryState.DEAD: "is-bad"}


def page_url(subscription: Subscription) -> str:
    return reverse("webhook:page", args=[subscription.pk])


def event_label(event: str) -> str:
    known = webhooks.get(event)
    return str(known.label) if known else str(_("Test message"))


def outcome(attempt: Attempt) -> str:
    return str(attempt.code or FAULTS.get(attempt.fault, attempt.fault))


def shown(delivery: Delivery) -> dict[str, Any]:
    tries = [{"attempt": one, "outcome": outcome(one)} for one in delivery.attempts.all()]
    return {
        "delivery": delivery,
        "label": event_label(delivery.event),
        "kind": TELL[DeliveryState(delivery.state)],
        "tries": tries,
        "last": tries[-1] if tries else None,
        "again": delivery.state != DeliveryState.WAITING or bool(tries),
    }


class SubscriptionPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    any_permission_required = ["change"]
    model: Any = None
    template_name = "opendata/webhooks/staff/page.html"
    page_title = gettext_lazy("Webhook")
    header_icon = "link"

    VERBS: dict[str, tuple[Any, Any]] = {
        "pause": (actions.pause, gettext_lazy("Nothing is sent until you resume.")),
        "resume": (actions.resume, gettext_lazy("What happens from now on is sent.")),
        "ping": (actions.ping, gettext_lazy("The test message is on its way. Load this page again in a moment.")),
    }
    SECRETS = {"reveal": actions.reveal, "rotate": actions.rotate}

    @cached_property
    def subscription(self) -> Subscription:
        return get_object_or_404(Subscription.objects.select_related("organisation"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.subscription)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("webhook:index"), "label": _("Webhooks")},
            {"url": "", "label": str(self.subscription)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = whole_number(self.request.GET.get("before"))
        rows = list(queries.listed(self.subscription, last)[: ON_A_PAGE + 1])
        return {
            **super().get_context_data(**kwargs),
            "secret": kwargs.get("secret", ""),
            "subscription": self.subscription,
            "events": [event_label(event) for event in self.subscription.events],
            "active": self.subscription.state == SubscriptionState.ACTIVE,
            "stopped": self.subscription.state == SubscriptionState.STOPPED,
            "rows": [shown(delivery) for delivery in rows[:ON_A_PAGE]],
            "older": rows[ON_A_PAGE - 1].pk if len(rows) > ON_A_PAGE else None,
        }

    def post(self, request: Any, pk: int) -> HttpResponse:
        verb, who = request.POST.get("verb", ""), {"by": request.user, "now": request.now}
        try:
            if verb in self.SECRETS:
                secret = self.SECRETS[verb](self.subscription, **who)
                del self.subscription
                answer = self.render_to_response(self.get_context_data(secret=secret))
                answer["Cache-Control"] = "no-store"
                return answer
            self._do(request, verb, who)
        except Spoken as refusal:
            messages.error(request, f"{refusal.headline}. {refusal.message}")
        return redirect(page_url(self.subscription))

    def _do(self, request: HttpRequest, verb: str, who: dict[str, Any]) -> None:
        if verb in self.VERBS:
            action, said = self.VERBS[verb]
            action(self.subscription, **who)
            messages.success(request, said)
        elif verb == "redeliver":
            delivery = get_object_or_404(self.subscription.deliveries, pk=key_of(request.POST.get("item")))
            actions.redeliver(delivery, **who)
            messages.success(request, _("The message is on its way again."))
