from django.urls import path

from .views import front, kiosk, near

app_name = "portal"
urlpatterns = [
    path("", front.home, name="home"),
    path("search/", front.search, name="search"),
    path("me/", front.me, name="me"),
    path("near/", near.near, name="near"),
    path("kiosk/", kiosk.kiosk, name="kiosk"),
    path("kiosk/worker.js", kiosk.worker, name="kiosk-worker"),
    path("kiosk/code.svg", kiosk.code, name="kiosk-code"),
]
