"""The pages of campaigns: choosing an organisation, writing, and the page of one campaign with everything one can do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from zenne.core import mail
from zenne.core.errors import Spoken
from zenne.core.languages import LANGUAGES, language_name
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Screen

from .. import actions, queries
from ..enums import CampaignState
from ..kinds import audiences
from ..models import DRAFTS, Campaign
from ..rules import may_send, may_write
from ..tasks import words_of
from .forms import LABELS, CampaignForm, ScheduleForm

#: what is asked once more, and in which states
ASKED = {"now": DRAFTS, "delete": (CampaignState.DRAFT,), "stop": (CampaignState.SENDING,)}


def page_url(campaign: Campaign) -> str:
    return reverse("campaign:edit", args=[campaign.pk])


class CampaignScreen(Screen):
    """A page of the viewset; `pk` in its address is one of the person's organisations' campaigns."""

    any_permission_required = ["change"]
    header_icon = "mail"

    @cached_property
    def campaign(self) -> Campaign:
        return get_object_or_404(Campaign.objects.select_related("organisation"), pk=self.kwargs["pk"])


class WriteView(CampaignScreen):
    """A new campaign, or a draft that is changed."""

    any_permission_required = ["add", "change"]
    template_name = "messaging/campaigns/staff/write.html"
    page_title = gettext_lazy("Write a campaign")

    @cached_property
    def mine(self) -> list[Organisation]:
        found = organisations_of(self.request.user, Role.MANAGER, Role.EDITOR)  # type: ignore[arg-type]
        return list(found.order_by("slug"))

    @cached_property
    def draft(self) -> Campaign | None:
        """The campaign to write; None while it is not known for which organisation."""
        if "pk" in self.kwargs:
            return self.campaign
        chosen = self.request.GET.get("organisation", "")
        fitting = [one for one in self.mine if str(one.pk) == chosen] if chosen else self.mine
        return Campaign(organisation=fitting[0]) if len(fitting) == 1 else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "pk" in self.kwargs and self.campaign.state != CampaignState.DRAFT:
            return redirect(page_url(self.campaign))
        form = CampaignForm(instance=self.draft) if self.draft else None
        return self.render_to_response(self.get_context_data(form=form, draft=self.draft, organisations=self.mine))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.draft is None:
            return redirect(reverse("campaign:add"))
        form = CampaignForm(request.POST, instance=self.draft)
        if form.is_valid():
            try:
                return redirect(page_url(actions.write(campaign=form.instance, **self.who)))
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
        context = self.get_context_data(form=form, draft=self.draft, organisations=self.mine)
        return self.render_to_response(context, status=422)


class CampaignView(CampaignScreen):
    """One campaign: the letter in each language, whom it reaches, and the next step."""

    any_permission_required = ["view", "change"]
    template_name = "messaging/campaigns/staff/campaign.html"
    page_title = gettext_lazy("Campaign")

    VERBS = {
        "now": (actions.schedule, gettext_lazy("It leaves in two minutes. Until then you can take it back.")),
        "unschedule": (actions.unschedule, gettext_lazy("It is a draft again. Nothing has left.")),
        "stop": (actions.stop, gettext_lazy("What had not left stays here.")),
    }

    def get_page_subtitle(self) -> str:
        return str(self.campaign)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaign, person = self.campaign, self.request.user
        audience = audiences.get(campaign.audience)
        languages = [
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "url": reverse("campaign:preview", args=[campaign.pk, code]),
            }
            for code in campaign.organisation.languages
        ]
        gaps = [(LABELS[field], language_name(language)) for field, language in queries.gaps(campaign)]
        everyone = queries.everyone_in(campaign).count() if campaign.started_at is None else campaign.chosen
        reached = queries.recipients(campaign, self.request.now).count() if campaign.started_at is None else None
        return {
            "schedule": ScheduleForm.of(campaign),
            "asks": self._asks(),
            **super().get_context_data(**kwargs),
            "campaign": campaign,
            "consent": audience.consent.label if audience and audience.consent else "",
            "languages": languages,
            "gaps": gaps,
            "everyone": everyone,
            "reached": reached,
            "reach": queries.reach(campaign) if campaign.started_at else None,
            "refusals": queries.refusals_since(campaign),
            "writes": bool(may_write(person, campaign.organisation)),  # type: ignore[arg-type]
            "sends": bool(may_send(person, campaign.organisation)),  # type: ignore[arg-type]
            "state": campaign.state,
        }

    def _asks(self) -> str:
        """What the page asks once more before it is done, because it cannot be undone: nothing, or a verb that fits the state."""
        asked = self.request.GET.get("ask", "")
        return asked if self.campaign.state in ASKED.get(asked, ()) else ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("verb", "")
        if verb == "schedule":
            return self._schedule(request)
        try:
            said, where = self._done(verb, request)
        except Spoken as refusal:
            messages.error(request, f"{refusal.headline}. {refusal.message}")
            return redirect(page_url(self.campaign))
        if said:
            messages.success(request, said)
        return redirect(where)

    def _done(self, verb: str, request: HttpRequest) -> tuple[str, str]:
        """Do what the button says, and tell where to go on. A button that isn't ours does nothing."""
        here = page_url(self.campaign)
        if verb in self.VERBS:
            action, said = self.VERBS[verb]
            action(self.campaign, **self.who)
            return str(said), here
        if verb == "test":
            language = request.POST.get("language", "")
            if language in LANGUAGES:
                actions.send_test(self.campaign, language=language, **self.who)
                return _("A trial letter is on its way to %(address)s.") % {"address": request.user.email}, here  # type: ignore[union-attr]
        if verb == "copy":
            return _("This is a copy; the first one stays as it was."), page_url(
                actions.copy(self.campaign, **self.who)
            )
        if verb == "delete":
            actions.delete(self.campaign, **self.who)
            return _("The draft is thrown away."), reverse("campaign:index")
        return "", here

    def _schedule(self, request: HttpRequest) -> HttpResponse:
        form = ScheduleForm(request.POST)
        if form.is_valid():
            try:
                actions.schedule(self.campaign, due_at=form.moment(), **self.who)
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
            else:
                messages.success(request, _("It is scheduled. Until then you can take it back."))
                return redirect(page_url(self.campaign))
        return self.render_to_response(self.get_context_data(schedule=form), status=422)


#: A letter brings its styles inside, because mail programs read no style sheet: shown in a box of its own where nothing runs and nothing is sent.
OF_A_LETTER = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox allow-same-origin"


class PreviewView(PermissionCheckedMixin, View):
    """The letter as a reader of one language sees it, for the frame on the campaign's page."""

    any_permission_required = ["view", "change"]
    model: Any = None

    def get(self, request: Any, pk: int, language: str) -> HttpResponse:
        campaign = get_object_or_404(Campaign.objects.select_related("organisation"), pk=pk)
        if language not in LANGUAGES:
            return redirect(page_url(campaign))
        words = words_of(campaign, request.user, language)
        written = mail.write(words.template, language=language, context={**words.context, "stop": "", "trial": False})
        return HttpResponse(written.html, headers={"Content-Security-Policy": OF_A_LETTER})
