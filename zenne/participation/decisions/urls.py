from django.urls import path

from . import views

app_name = "decisions"
urlpatterns = [
    path("<slug:slug>/decisions/", views.decisions, name="list"),
    path("<slug:slug>/decisions/<int:pk>/", views.decision, name="page"),
]
