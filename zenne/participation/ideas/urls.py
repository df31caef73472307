from django.http import HttpRequest, HttpResponse
from django.urls import path


def later(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse()


app_name = "ideas"
urlpatterns = [
    path("processes/<slug:process>/ideas/", later, name="list"),
    path("processes/<slug:process>/ideas/<int:pk>/", later, name="page"),
]
