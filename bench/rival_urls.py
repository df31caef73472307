from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from zenne.participation.ideas.models import Idea

from .rival import TEMPLATE

template = Engine().from_string(TEMPLATE)


def ideas(request: HttpRequest) -> HttpResponse:
    found = Idea.objects.filter(process__slug="volume-1", listed=True).defer("search").order_by("-support_count", "-id")
    return HttpResponse(template.render(Context({"ideas": found[:24]})))


urlpatterns = [path("", ideas)]
