from django.urls import path

from .views import pages

app_name = "voting"
urlpatterns = [
    path("processes/<slug:process>/votes/<int:pk>/", pages.page, name="page"),
    path("processes/<slug:process>/votes/<int:pk>/rule/", pages.rule, name="rule"),
]
