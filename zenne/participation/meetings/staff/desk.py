"""The desk of one meeting: announced or cancelled, who comes and what they need, what stays of it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zenne.core.errors import Spoken
from zenne.people.history.actions import record_read

from .. import actions, queries, showing
from ..actions import Wishes
from ..enums import COMING, MeetingState, Need, RegistrationState
from ..models import Minutes, Registration, Series
from .forms import ContributionForm, GuestEntryForm, PictureForm, WordsForm
from .lengthening import LengthenForm
from .screens import WithVerbs, desk_url


class DeskView(WithVerbs):
    template_name = "participation/meetings/staff/desk.html"
    page_title = gettext_lazy("Meeting")

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("meeting:index"), str(self.viewset.menu_label))]

    @cached_property
    def guest_form(self) -> GuestEntryForm:
        return GuestEntryForm(self.request.POST if self.request.POST.get("verb") == "enter" else None)

    @cached_property
    def reason_form(self) -> WordsForm:
        data = self.request.POST if self.request.POST.get("verb") == "cancel" else None
        organisation = self.meeting.process.organisation
        return WordsForm(data, organisation=organisation, label=_("Reason"), rows=2, most=1000)

    @cached_property
    def lengthen_form(self) -> LengthenForm | None:
        data = self.request.POST if self.request.POST.get("verb") == "lengthen" else None
        return LengthenForm(data, series=self.meeting.series) if self.meeting.series else None

    def forms(self) -> dict[str, Any]:
        return {"enter": self.guest_form, "cancel": self.reason_form, "lengthen": self.lengthen_form}

    def verbs(self) -> dict[str, Callable[[], str]]:
        return {
            "announce": self._announce,
            **({"announce_series": self._announce_series, "lengthen": self._lengthen} if self.meeting.series else {}),
            "cancel": self._cancel,
            "delete": self._delete,
            "enter": self._enter,
            "take_back": self._take_back,
        }

    def back(self) -> str:
        return self.gone_to or desk_url(self.meeting)

    gone_to = ""

    def _announce(self) -> str:
        actions.announce(self.meeting, **self.who)
        return _("The meeting is announced.")

    def _announce_series(self) -> str:
        number = actions.announce_series(self._series(), **self.who)
        return ngettext("%(number)s date is announced.", "%(number)s dates are announced.", number) % {"number": number}

    def _lengthen(self) -> str:
        assert self.lengthen_form is not None
        made = actions.lengthen_series(self._series(), **self.lengthen_form.values(), **self.who)
        return _("%(number)s dates are written as drafts.") % {"number": len(made)}

    def _series(self) -> Series:
        assert self.meeting.series is not None  # verbs() offers these only within a series
        return self.meeting.series

    def _cancel(self) -> str:
        actions.cancel_meeting(self.meeting, reason=self.reason_form.words(), **self.who)
        return _("The meeting is cancelled; everybody who is registered is told.")

    def _delete(self) -> str:
        actions.delete_draft(self.meeting, **self.who)
        self.gone_to = reverse("meeting:index")
        return _("The draft is thrown away.")

    def _enter(self) -> str:
        given = self.guest_form.cleaned_data
        made = actions.enter_guest(
            self.meeting,
            name=given["name"],
            email=given["email"],
            language=given["language"],
            wishes=Wishes(needs=given["needs"], words=given["words"]),
            **self.who,
        )
        return f"{made.name}: {made.get_state_display()}"

    def _take_back(self) -> str:
        found = self.meeting.registrations.filter(pk=self.number()).first()
        if found is None:
            raise Spoken(_("It is no longer there."))
        actions.cancel_registration(found, **self.who)
        return _("The place is free; who was first in the line has it.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, now = self.meeting, self.request.now  # type: ignore[attr-defined]
        rows = list(
            meeting.registrations.exclude(state=RegistrationState.CANCELLED)
            .select_related("person", "needs")
            .order_by("state", "queued_at", "id")
        )
        dates = list(queries.of_series(meeting.series)) if meeting.series else []
        record_read(
            [each.person for each in rows if each.person],
            by=self.person,
            what="meeting.desk",
            now=now,
            organisation=meeting.process.organisation,
        )
        return {
            **super().get_context_data(
                **{name: value for name, value in kwargs.items() if name not in ("enter", "cancel", "lengthen")}
            ),
            "lengthen": kwargs.get("lengthen") or self.lengthen_form,
            "dates": showing.lines(dates, now),
            "rhythm": showing.rhythm(meeting.series) if meeting.series else "",
            "drafts_left": any(each.state == MeetingState.DRAFT and not each.is_over(now) for each in dates),
            "meeting": meeting,
            "line": showing.line(meeting, now),
            "state_words": meeting.get_state_display(),
            "draft": meeting.state == MeetingState.DRAFT,
            "announced": meeting.state == MeetingState.ANNOUNCED,
            "cancelled": meeting.state == MeetingState.CANCELLED,
            "over": meeting.is_over(now),
            "begun": now >= meeting.starts_at,
            "seats": rows,
            "registered": sum(each.state == RegistrationState.REGISTERED for each in rows),
            "waiting": sum(each.state == RegistrationState.WAITING for each in rows),
            "present": queries.present(meeting),
            "needs": _needs(rows),
            "enter": kwargs.get("enter") or self.guest_form,
            "cancel": kwargs.get("cancel") or self.reason_form,
            "public_url": meeting.get_absolute_url(),
        }


class RecordView(WithVerbs):
    """What stays: minutes, what was said in the room, pictures."""

    template_name = "participation/meetings/staff/record.html"
    page_title = gettext_lazy("Minutes, contributions and pictures")

    def _data(self, *verbs: str) -> Any:
        return self.request.POST if self.request.POST.get("verb") in verbs else None

    @cached_property
    def minutes(self) -> Minutes | None:
        return Minutes.objects.filter(meeting=self.meeting).first()

    @cached_property
    def minutes_form(self) -> WordsForm:
        return WordsForm(
            self._data("minutes", "publish"),
            organisation=self.meeting.process.organisation,
            label=_("Minutes"),
            rows=12,
            most=40_000,
            thing=self.minutes,
            field="text",
        )

    @cached_property
    def said_form(self) -> ContributionForm:
        return ContributionForm(self._data("said"), meeting=self.meeting, initial={"language": "fr"})

    @cached_property
    def picture_form(self) -> PictureForm:
        data = self._data("picture")
        return PictureForm(data, self.request.FILES if data is not None else None, meeting=self.meeting)

    def forms(self) -> dict[str, Any]:
        return {
            "minutes": self.minutes_form,
            "publish": self.minutes_form,
            "said": self.said_form,
            "picture": self.picture_form,
        }

    def verbs(self) -> dict[str, Callable[[], str]]:
        return {
            "minutes": self._write,
            "publish": self._publish,
            "unpublish": self._unpublish,
            "said": self._say,
            "picture": self._show,
            "remove": self._remove,
        }

    def _write(self) -> str:
        actions.write_minutes(self.meeting, text=self.minutes_form.words(), **self.who)
        return _("This is kept.")

    def _publish(self) -> str:
        actions.write_minutes(self.meeting, text=self.minutes_form.words(), **self.who)
        actions.publish_minutes(self.meeting, **self.who)
        return _("The minutes are published; who was registered is told.")

    def _unpublish(self) -> str:
        actions.take_back_minutes(self.meeting, **self.who)
        return _("The minutes are no longer public.")

    def _say(self) -> str:
        given = self.said_form.cleaned_data
        made = actions.enter_contribution(
            self.meeting,
            call=given["call"],
            title=given["title"],
            text=given["text"],
            language=given["language"],
            theme=given.get("theme"),
            author=given["author"],
            author_name=given["author_name"],
            **self.who,
        )
        return _("“%(title)s” is in.") % {"title": made.idea.title}

    def _show(self) -> str:
        given = self.picture_form.cleaned_data
        actions.add_picture(
            self.meeting,
            data=given["picture"],
            alt=given["alt"],
            people=given["people"],
            nobody=given["nobody"],
            **self.who,
        )
        return _("The picture is on the page.")

    def _remove(self) -> str:
        found = self.meeting.pictures.filter(pk=self.number()).select_related("upload", "meeting").first()
        if found is None:
            raise Spoken(_("It is no longer there."))
        actions.remove_picture(found, **self.who)
        return _("The picture is gone.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, now = self.meeting, self.request.now  # type: ignore[attr-defined]
        forms = {"minutes", "publish", "said", "picture"}
        said = meeting.contributions.select_related("idea").defer("idea__search").order_by("entered_at", "id")
        return {
            **super().get_context_data(**{name: value for name, value in kwargs.items() if name not in forms}),
            "meeting": meeting,
            "begun": now >= meeting.starts_at and meeting.state == MeetingState.ANNOUNCED,
            "kept": self.minutes,
            "minutes": kwargs.get("minutes") or kwargs.get("publish") or self.minutes_form,
            "said": kwargs.get("said") or self.said_form,
            "has_calls": self.said_form.fields["call"].queryset.exists(),  # type: ignore[attr-defined]
            "contributions": list(said),
            "picture": kwargs.get("picture") or self.picture_form,
            "pictures": list(meeting.pictures.select_related("upload").order_by("added_at", "id")),
            "public_url": meeting.get_absolute_url(),
        }


def _needs(rows: list[Registration]) -> dict[str, Any]:
    """How many need what, and what was said in words, of those who come or wait."""
    counted: Counter[str] = Counter()
    said: list[dict[str, str]] = []
    for each in rows:
        wish = getattr(each, "needs", None)
        if wish is None or each.state not in COMING:
            continue
        counted.update(wish.needs)
        more = [part for part in (wish.interpretation, wish.words) if part]
        if more:
            said.append({"name": each.name, "words": " · ".join(more)})
    return {
        "counts": [{"label": str(need.label), "number": counted[need.value]} for need in Need if counted[need.value]],
        "said": said,
    }
