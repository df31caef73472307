"""What campaigns add to the page of one's messages: the way to what one stopped."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.web.slots import register


def stopped(request: HttpRequest) -> str:
    return render_to_string("messaging/campaigns/slots/stopped.html", {}, request)


register("messages.choices", stopped)
