from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("choices/", views.choices, name="choices"),
    path("stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
