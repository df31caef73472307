"""What meetings add to other pages: to a process its next dates, to an idea the room in which it was said, to one's own page where one is expected."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.participation.ideas.enums import Channel
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Activity
from zenne.web.slots import register

from . import queries, showing
from .enums import MeetingState
from .models import Contribution
from .rules import belongs

MOST = 3


def activity(request: HttpRequest, each: Activity) -> str:
    """Under the activity of a process: the next dates, else how many there were. Its group sees the private ones too."""
    now = request.now  # type: ignore[attr-defined]
    rows = queries.of_activity(each, private=belongs(request.user, each))
    coming = list(queries.upcoming(rows, now)[:MOST])
    held = 0 if coming else queries.past(rows, now).exclude(state=MeetingState.CANCELLED).count()
    context = {"lines": showing.lines(coming, now, with_process=False), "held": held}
    return render_to_string("participation/meetings/activity.html", context, request)


def of_idea(request: HttpRequest, idea: Idea) -> str:
    """Of what was said in a room, which one. A private meeting is not named."""
    if idea.channel != Channel.MEETING:
        return ""
    found = Contribution.objects.filter(idea=idea, meeting__private=False).select_related("meeting__activity").first()
    if found is None:
        return ""
    return render_to_string("participation/meetings/of_idea.html", {"meeting": found.meeting}, request)


register("process.activities.meetings", activity)
register("idea.after", of_idea, order=40, shared=True)
