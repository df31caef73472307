from django.urls import path

from . import views

app_name = "areas"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("communes.geojson", views.communes, name="communes"),
]
