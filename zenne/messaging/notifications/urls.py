from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("choices/", views.choices, name="choices"),
    path("choices/pause/", views.pause, name="pause"),
    path("choices/address/", views.address_works, name="address_works"),
]
