"""The desk of one meeting: announced or cancelled, who comes and what they need, what stays of it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zenne.people.history.actions import record_read
from zenne.people.organisations.staff import WithVerbs

from .. import actions, queries, showing
from ..actions import Wishes
from ..enums import COMING, MeetingState, Need, RegistrationState
from ..models import Minutes, Registration, Series
from .forms import ContributionForm, GuestEntryForm, PictureForm, WordsForm
from .lengthening import LengthenForm
from .screens import OneMeeting, desk_url


class DeskView(WithVerbs, OneMeeting):
    template_name = "participation/meetings/staff/desk.html"
    page_title = gettext_lazy("Meeting")

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("meeting:index"), str(self.viewset.menu_label))]

    @cached_property
    def forms(self) -> dict[str, Any]:
        meeting = self.meeting
        cancel = {"organisation": meeting.process.organisation, "label": _("Reason"), "rows": 2, "most": 1000}
        forms: dict[str, Any] = {
            "enter": GuestEntryForm(self.typed("enter")),
            "cancel": WordsForm(self.typed("cancel"), **cancel),
        }
        if meeting.series:
            forms["lengthen"] = LengthenForm(self.typed("lengthen"), series=meeting.series)
        return forms

    def verbs(self) -> dict[str, Callable[..., str]]:
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

    def _lengthen(self, form: LengthenForm) -> str:
        made = actions.lengthen_series(self._series(), **form.values(), **self.who)
        return _("%(number)s dates are written as drafts.") % {"number": len(made)}

    def _series(self) -> Series:
        assert self.meeting.series is not None  # verbs() offers these only within a series
        return self.meeting.series

    def _cancel(self, form: WordsForm) -> str:
        actions.cancel_meeting(self.meeting, reason=form.words(), **self.who)
        return _("The meeting is cancelled; everybody who is registered is told.")

    def _delete(self) -> str:
        actions.delete_draft(self.meeting, **self.who)
        self.gone_to = reverse("meeting:index")
        return _("The draft is thrown away.")

    def _enter(self, form: GuestEntryForm) -> str:
        given = form.cleaned_data
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
        actions.cancel_registration(self.item(self.meeting.registrations.all()), **self.who)
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
            **super().get_context_data(**kwargs),
            "forms": self.forms,
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
            "public_url": meeting.get_absolute_url(),
        }


class RecordView(WithVerbs, OneMeeting):
    """What stays: minutes, what was said in the room, pictures."""

    template_name = "participation/meetings/staff/record.html"
    page_title = gettext_lazy("Minutes, contributions and pictures")

    @cached_property
    def minutes(self) -> Minutes | None:
        return Minutes.objects.filter(meeting=self.meeting).first()

    @cached_property
    def forms(self) -> dict[str, Any]:
        meeting, picture = self.meeting, self.typed("picture")
        minutes = WordsForm(
            self.typed("minutes", "publish"),
            organisation=meeting.process.organisation,
            label=_("Minutes"),
            rows=12,
            most=40_000,
            thing=self.minutes,
            field="text",
        )
        return {
            "minutes": minutes,
            "publish": minutes,
            "said": ContributionForm(self.typed("said"), meeting=meeting, initial={"language": "fr"}),
            "picture": PictureForm(picture, self.request.FILES if picture is not None else None, meeting=meeting),
        }

    def back(self) -> str:
        return self.request.path

    def verbs(self) -> dict[str, Callable[..., str]]:
        return {
            "minutes": self._write,
            "publish": self._publish,
            "unpublish": self._unpublish,
            "said": self._say,
            "picture": self._show,
            "remove": self._remove,
        }

    def _write(self, form: WordsForm) -> str:
        actions.write_minutes(self.meeting, text=form.words(), **self.who)
        return _("This is kept.")

    def _publish(self, form: WordsForm) -> str:
        actions.write_minutes(self.meeting, text=form.words(), **self.who)
        actions.publish_minutes(self.meeting, **self.who)
        return _("The minutes are published; who was registered is told.")

    def _unpublish(self) -> str:
        actions.take_back_minutes(self.meeting, **self.who)
        return _("The minutes are no longer public.")

    def _say(self, form: ContributionForm) -> str:
        given = form.cleaned_data
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

    def _show(self, form: PictureForm) -> str:
        given = form.cleaned_data
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
        actions.remove_picture(self.item(self.meeting.pictures.select_related("upload", "meeting")), **self.who)
        return _("The picture is gone.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, now = self.meeting, self.request.now  # type: ignore[attr-defined]
        said = meeting.contributions.select_related("idea").defer("idea__search").order_by("entered_at", "id")
        return {
            **super().get_context_data(**kwargs),
            "forms": self.forms,
            "meeting": meeting,
            "begun": now >= meeting.starts_at and meeting.state == MeetingState.ANNOUNCED,
            "kept": self.minutes,
            "has_calls": self.forms["said"].fields["call"].queryset.exists(),  # type: ignore[attr-defined]
            "contributions": list(said),
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
