"""Keying in what came on paper, at a counter, by telephone or at a meeting."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Activity
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Screen
from zenne.people.uploads import actions as uploads
from zenne.people.uploads import queries as uploaded

from .. import actions, queries, showing
from ..actions import Place
from ..enums import Channel
from .forms import EntryForm
from .page import OneIdea
from .screens import idea_url, list_url, mine

NOWHERE = "none"


class EnterView(Screen):
    """The form: `?call=` says for which call; without it, one is chosen first."""

    any_permission_required = ["add"]
    template_name = "participation/ideas/staff/enter.html"
    page_title = gettext_lazy("Enter an idea on behalf of somebody")
    header_icon = "plus"

    @property
    def calls(self) -> Any:
        return (
            Activity.objects.filter(
                kind="ideation",
                ideation__isnull=False,
                phase__process__organisation__in=organisations_of(self.person),
                phase__process__state=ProcessState.PUBLISHED,
            )
            .select_related("phase__process__organisation", "ideation")
            .order_by("-phase__process_id", "phase__position", "position", "id")
        )

    @cached_property
    def call(self) -> Activity | None:
        key = self.request.GET.get("call", "")
        if key:
            return mine(self.calls, key)
        only = list(self.calls[:2])
        return only[0] if len(only) == 1 else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.call is None:
            return self.render_to_response(self.get_context_data(calls=self.calls, call=None))
        first = {"channel": request.GET.get("channel", Channel.PAPER), "language": request.GET.get("language", "")}
        return self._page(EntryForm(call=self.call, initial=first), claim=uuid4())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        call = self.call
        if call is None:
            return redirect(reverse("idea:enter"))
        form, claim = EntryForm(request.POST, request.FILES, call=call), _claim(request.POST.get("claim", ""))
        right = form.is_valid()
        right = self._kept(form, claim) and right
        place, found = self._place(form)
        if not right or found is not None:
            return self._page(form, claim=claim, found=found, status=422)
        given = form.cleaned_data
        alike = queries.similar(given["title"], given["text"], call.process, language=given["language"])
        if alike and "sure" not in request.POST:
            return self._page(form, claim=claim, alike=alike, place=request.POST.get("place", ""))
        try:
            made = self._submit(form, call, claim, place)
        except Spoken as refusal:
            form.add_error(None, str(refusal.message or refusal.headline))
            return self._page(form, claim=claim, status=422)
        return redirect(reverse("idea:entered", args=[made.pk]))

    def _submit(self, form: EntryForm, call: Activity, claim: UUID, place: Place | None) -> Any:
        given = form.cleaned_data
        return actions.submit_idea(
            activity=call,
            title=given["title"],
            text=given["text"],
            language=given["language"],
            theme=given.get("theme"),
            place=place,
            uploaded=list(uploaded.of(claim)),
            author=form.author,
            author_name="" if form.author else given["author_name"],
            channel=Channel(given["channel"]),
            **self.who,
        )

    def _kept(self, form: EntryForm, claim: UUID) -> bool:
        """Keep the files that came along, so that a second look at the form does not ask for them again."""
        uploads.hold_claim(self.request.session, claim)
        try:
            for file in (form.cleaned_data or {}).get("given", []):
                uploads.store(file, by=None, claim=claim, now=self.request.now)  # type: ignore[attr-defined]
        except Spoken as refusal:
            form.add_error("given", str(refusal.message or refusal.headline))
            return False
        for upload in uploaded.of(claim):
            if self.request.POST.get("drop") == str(upload.pk):
                uploads.remove([upload])
                return False
        return True

    def _place(self, form: EntryForm) -> tuple[Place | None, list[dict[str, str]] | None]:
        """The place that was chosen; or, for an address in words, what it may mean, to choose from."""
        address = (form.cleaned_data.get("address") or "").strip() if "address" in form.fields else ""
        chosen = self.request.POST.get("place", "")
        typed, _bar, point = chosen.partition("|")
        if not address:
            return None, None
        if typed == address and point == NOWHERE:
            return None, None
        if typed == address and point:
            try:
                lon, lat = (float(part) for part in point.split("|")[:2])
                return Place(lon, lat, address), None
            except ValueError:
                pass
        return None, showing.places_named(address)

    def _page(self, form: EntryForm, *, claim: UUID, status: int = 200, **more: Any) -> HttpResponse:
        found = more.pop("found", None)
        address = (form["address"].value() or "") if "address" in form.fields else ""
        context = {
            "call": self.call,
            "form": form,
            "claim": claim,
            "kept": uploaded.of(claim),
            "alike": [(idea, showing.status(idea), idea_url(idea.pk)) for idea in more.pop("alike", [])],
            "found": [
                {**place, "value": f"{address}|{'|'.join(place['value'].split('|')[:2])}"} for place in found or []
            ],
            "searched": found is not None,
            "nowhere": f"{address}|{NOWHERE}",
            "place": more.pop("place", "") or self.request.POST.get("place", ""),
        }
        return self.render_to_response(self.get_context_data(**context), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "back": list_url()}


def _claim(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


class EnteredView(OneIdea):
    """It is in: its number, and the next one."""

    template_name = "participation/ideas/staff/entered.html"
    page_title = gettext_lazy("The idea is in")
    header_icon = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        idea = self.idea
        again = f"{reverse('idea:enter')}?call={idea.activity_id}&channel={idea.channel}&language={idea.language}"
        context = {
            "idea": idea,
            "status": showing.status(idea),
            "channel": idea.get_channel_display(),
            "url": idea_url(idea.pk),
            "again": again,
            "back": list_url(),
            "done": _("Number %(number)d") % {"number": idea.pk},
        }
        return {**super().get_context_data(**kwargs), **context}
