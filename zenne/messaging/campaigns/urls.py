from django.urls import path

from . import views

app_name = "campaigns"
urlpatterns = [path("organisations/", views.choices, name="choices")]
