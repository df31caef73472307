from django.urls import path

from . import views

app_name = "uploads"
urlpatterns = [
    path("<uuid:pk>/small/<str:name>", views.file, {"small": True}, name="small"),
    path("<uuid:pk>/<str:name>", views.file, name="file"),
]
