from django.urls import path

from .views import calendar, door, feeds, mine, page, place

app_name = "meetings"
urlpatterns = [
    path("meetings/", calendar.calendar, name="calendar"),
    path("meetings/mine/", mine.mine, name="mine"),
    path("meetings/mine/<uuid:key>.ics", feeds.person, name="feed"),
    path("meetings/<int:pk>/", page.page, name="page"),
    path("meetings/<int:pk>/register/", page.register, name="register"),
    path("meetings/<int:pk>/meeting.ics", feeds.meeting, name="ics"),
    path("meetings/<int:pk>/door/", door.door, name="door"),
    path("meetings/<int:pk>/door/send/", door.send, name="door_send"),
    path("meetings/<int:pk>/door/worker.js", door.worker, name="door_worker"),
    path("meetings/place/<uuid:key>/", place.place, name="place"),
    path("meetings/place/<uuid:key>/qr.svg", place.qr, name="qr"),
    path("meetings/check/<str:code>/", door.check, name="check"),
    path("processes/<slug:process>/meetings.ics", feeds.process, name="process_feed"),
    path("processes/<slug:process>/meetings/<int:pk>/", calendar.activity, name="activity"),
]
