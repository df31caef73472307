from django.urls import path

from . import views

app_name = "indicators"
urlpatterns = [
    path("indicators/", views.indicators, name="list"),
    path("indicators/<slug:slug>/", views.indicator, name="page"),
    path("indicators/<slug:slug>/values.csv", views.values, name="values"),
    path("indicators/<slug:slug>/definitions/<int:number>.json", views.definition, name="definition"),
]
