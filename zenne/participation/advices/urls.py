from django.urls import path

from . import feeds, views

app_name = "advices"
urlpatterns = [
    path("processes/<slug:slug>/advices/", views.advices, name="list"),
    path("processes/<slug:slug>/advices.atom", feeds.ProcessAdvices(), name="feed"),
    path("processes/<slug:slug>/advices/<int:number>/", views.advice, name="page"),
    path("organisations/<slug:slug>/bodies/<int:pk>/", views.body, name="body"),
]
