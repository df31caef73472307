"""What messages add to the page on which somebody stopped mails: the way to choose otherwise."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.web.slots import register


def choose(request: HttpRequest) -> str:
    return render_to_string("messaging/notifications/choose.html", {}, request)


register("outbox.stopped", choose)
