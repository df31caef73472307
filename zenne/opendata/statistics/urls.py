from django.urls import path

from . import views

app_name = "statistics"
urlpatterns = [
    path("<slug:slug>/numbers/", views.of_organisation, name="organisation"),
    path(
        "<slug:slug>/numbers/<str:period>/<slug:table>.<str:kind>", views.file_of_organisation, name="organisation_file"
    ),
]
