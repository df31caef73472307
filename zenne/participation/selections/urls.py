from django.urls import path

from . import feeds, views

app_name = "selections"
urlpatterns = [
    path("<slug:slug>/selections/", views.selections, name="list"),
    path("<slug:slug>/selections.atom", feeds.ProcessSelections(), name="feed"),
    path("<slug:slug>/selections/<int:number>/", views.selection, name="page"),
]
