"""What the portal adds to the page of plans: the ways to see them by place."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.web.slots import register


def doors(request: HttpRequest) -> str:
    return render_to_string("portal/doors.html", {}, request)


register("plans.doors", doors, shared=True)
