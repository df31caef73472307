from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("", views.organisations, name="list"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("<slug:slug>/", views.home, name="home"),
]
