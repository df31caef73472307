from django.urls import path

from . import views

app_name = "studies"
urlpatterns = [
    path("<slug:slug>/studies/<int:activity>/", views.studies, name="list"),
    path("<slug:slug>/studies/adapt/<int:study>/", views.adapt, name="adapt"),
]
