"""The pages: the list of meetings, the form of one, and its desk."""

from types import MappingProxyType, SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.errors import NotFound
from zenne.core.numbers import whole_number
from zenne.participation.processes.models import Activity
from zenne.people.organisations.staff import Desk, Screen, WithForm
from zenne.places.areas.queries import search_places

from .. import actions, queries, showing
from ..enums import MeetingState
from ..models import Meeting
from .forms import FilterForm, MeetingForm

PAGE = 50
NOWHERE = "nowhere"


def desk_url(meeting: Meeting) -> str:
    return reverse("meeting:edit", args=[meeting.pk])


class ListView(Screen):
    """Every meeting of one's organisations, the next first."""

    template_name = "participation/meetings/staff/list.html"
    page_title = gettext_lazy("Meetings")
    header_icon = "calendar"

    def trail(self) -> list[tuple[str, str]]:
        return []

    @cached_property
    def filters(self) -> SimpleNamespace:
        return SimpleNamespace(form=FilterForm(self.request.GET, person=self.person))

    def _mine(self) -> QuerySet[Meeting]:
        houses = self.viewset.policy.organisations(self.person, "view")
        rows = queries.with_place()
        return rows if houses is None else rows.filter(process__organisation__in=houses)

    def _activities(self) -> list[Activity]:
        """Where this person may write a new meeting."""
        houses = self.viewset.policy.organisations(self.person, "change")
        rows = Activity.objects.filter(kind="meetings").select_related("phase__process").order_by("-pk")
        if houses is not None:
            rows = rows.filter(phase__process__organisation__in=houses)
        return list(rows[:30])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query: QueryDict = self.request.GET.copy()
        now = self.request.now  # type: ignore[attr-defined]
        found = self._mine()
        for name, path in (("process", "process"), ("activity", "activity")):
            if (key := whole_number(query.get(name))) is not None:
                found = found.filter(**{path: key})
        if query.get("state") in MeetingState.values:
            found = found.filter(state=query["state"])
        when = query.get("when", "")
        if when == "past":
            found = queries.past(found, now)
        elif when != "all":
            found = queries.upcoming(found, now)
        page = Paginator(found, PAGE).get_page(query.get("page"))
        query.pop("page", None)
        here = query.urlencode()
        return {
            **super().get_context_data(**kwargs),
            "form": self.filters.form,
            "object_list": page.object_list,
            "rows": showing.lines(page.object_list, now),
            "count": page.paginator.count,
            "narrowed": bool(here),
            "activities": self._activities(),
            "next": f"?{here}&page={page.next_page_number()}" if page.has_next() else "",
            "previous": f"?{here}&page={page.previous_page_number()}" if page.has_previous() else "",
        }


class Writing(WithForm, Desk):
    """The form of a meeting, with the address looked up: several answers are offered to choose from."""

    any_permission_required = ["change"]
    template_name = "participation/meetings/staff/form.html"
    header_icon = "calendar"
    fields = MappingProxyType({"starts_at": "day", "ends_at": "ends", "register_until": "until_day"})
    point: tuple[float, float] | None = None
    found: list[dict[str, str]] | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        right = form.is_valid()
        self.point, self.found = self._place(form)
        return self.kept(form) if right and self.found is None else self.page(form=form, status=422)

    def _place(self, form: MeetingForm) -> tuple[tuple[float, float] | None, list[dict[str, str]] | None]:
        """The point of the address: as it was, as chosen, or what it may mean, to choose from."""
        address = (form.cleaned_data.get("address") or "").strip()
        typed, _bar, point = self.request.POST.get("place", "").partition("|")
        if not address or (typed == address and point == NOWHERE):
            return None, None
        if typed == address and point:
            try:
                lon, lat = (float(part) for part in point.split("|")[:2])
            except ValueError:
                return None, self._named(address)
            return ((lon, lat), None) if 2 <= lon <= 7 and 49 <= lat <= 52 else (None, self._named(address))
        meeting: Meeting | None = getattr(self, "meeting", None)
        if meeting is not None and meeting.address == address:
            return ((meeting.lon, meeting.lat) if meeting.lon is not None and meeting.lat is not None else None), None
        return None, self._named(address)

    @staticmethod
    def _named(address: str) -> list[dict[str, str]]:
        return [
            {
                "value": f"{address}|{place.lon}|{place.lat}",
                "name": str(place.name),
                "commune": str(place.commune or ""),
            }
            for place in search_places(address)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "found": self.found or [],
            "searched": self.found is not None,
            "nowhere": f"{kwargs['form']['address'].value() or ''}|{NOWHERE}",
            "place": self.request.POST.get("place", ""),
        }
        return super().get_context_data(**context, **kwargs)


class NewView(Writing):
    """A new meeting, or a series."""

    page_title = gettext_lazy("New meeting")

    @cached_property
    def activity(self) -> Activity:
        """Raises NotFound for what is no activity with meetings of one's own organisations."""
        houses = self.viewset.policy.organisations(self.person, "change")
        rows = Activity.objects.filter(pk=self.kwargs["activity"], kind="meetings")
        if houses is not None:
            rows = rows.filter(phase__process__organisation__in=houses)
        found = rows.select_related("phase__process__organisation").first()
        if found is None:
            raise NotFound(_("There are no meetings at this address."))
        return found

    def get_page_subtitle(self) -> str:
        return f"{self.activity} · {self.activity.process}"

    def form(self, data: Any = None) -> MeetingForm:
        return MeetingForm(data, activity=self.activity)

    def save(self, form: MeetingForm) -> str:
        values, agenda, series = form.values(self.point), form.agenda(), form.series()
        if series is None:
            return desk_url(actions.write_meeting(self.activity, values=values, agenda=agenda, **self.who))
        made = actions.write_series(self.activity, values=values, agenda=agenda, **series, **self.who)
        messages.success(self.request, _("%(number)s dates are written as drafts.") % {"number": len(made)})
        return reverse("meeting:index") + f"?activity={self.activity.pk}"


class OneMeeting(Desk):
    """A page about one meeting of the person's organisations."""

    any_permission_required = ["change"]
    header_icon = "calendar"

    @cached_property
    def meeting(self) -> Meeting:
        rows = Meeting.objects.select_related("process__organisation", "activity__phase", "series")
        found = rows.get(pk=self.kwargs["pk"])
        found.activity.phase.process = found.process
        return found

    def get_page_subtitle(self) -> str:
        return f"{self.meeting} · {showing.long_day(self.meeting)}"

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (desk_url(self.meeting), str(self.meeting))]


class ChangeView(Writing, OneMeeting):
    """Another moment, place or word."""

    page_title = gettext_lazy("Change the meeting")
    done = gettext_lazy("This is kept.")

    def form(self, data: Any = None) -> MeetingForm:
        return MeetingForm(data, activity=self.meeting.activity, meeting=self.meeting)

    def save(self, form: MeetingForm) -> str:
        given = {"values": form.values(self.point), "agenda": form.agenda()}
        whole = bool(form.cleaned_data.get("whole_series"))
        actions.change_meeting(self.meeting, whole_series=whole, **given, **self.who)
        return desk_url(self.meeting)
