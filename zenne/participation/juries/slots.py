"""What juries add to other pages: to a process what is before its jury, to a decision who took it, to one's own page the seats one has."""

from django.db.models import Count
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from zenne.core.together import ask
from zenne.participation.processes.models import Activity
from zenne.participation.selections.models import Selection
from zenne.web.slots import register

from . import queries
from .models import Jury
from .rules import left_by


def activity(request: HttpRequest, each: Activity) -> str:
    """Under the activity of a process: how many are before the jury, or the way to its reasons."""
    found, made = Jury.objects.filter(activity=each).annotate(standing=Count("candidates")), left_by(each.pk)[:1]
    ask([found, made])
    jury = next(iter(found), None)
    if jury is None or not jury.standing:
        return ""
    published = ""
    if jury.published_at is not None:
        published = reverse("juries:page", args=[each.process.slug, each.pk])
    elif made:
        made[0].process = each.process
        published = made[0].get_absolute_url()
    context = {"standing": jury.standing, "published": published}
    return render_to_string("participation/juries/activity.html", context, request)


def of_selection(request: HttpRequest, selection: Selection) -> str:
    """Beside a decision that a jury took: who sat in it."""
    jury = queries.juries().filter(pk=selection.activity_id).first()
    if jury is None:
        return ""
    context = {"jury": jury, "process": jury.process, "members": queries.seated(jury)}
    return render_to_string("participation/juries/of_selection.html", context, request)


register("process.activities.jury", activity, shared=True)
register("selection.aside", of_selection)
