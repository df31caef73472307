from django.urls import path

from . import feeds, views

app_name = "decisions"
urlpatterns = [
    path("decisions/", views.every_decision, name="every"),
    path("decisions.atom", feeds.Decisions(), name="feed"),
    path("decisions/<int:pk>/", views.decision_of_body, name="of_body"),
    path("processes/<slug:slug>/decisions/", views.decisions, name="list"),
    path("processes/<slug:slug>/decisions/<int:pk>/", views.decision, name="page"),
]
