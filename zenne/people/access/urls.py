from django.urls import path

from . import views

app_name = "access"
urlpatterns = [
    path("continue/<str:token>/", views.resume_action, name="resume"),
    path("answers/", views.answers, name="answers"),
    path("verify/", views.verify, name="verify"),
]
