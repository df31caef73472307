"""Addresses without a language: what a browser fetches for the look of a page."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    re_path(
        r"^theme/(?P<brand>[^/]+)-(?P<accent>[^/-]+)-(?P<corners>[a-z]+)\.css$", views.theme_stylesheet, name="theme"
    ),
    path("share/<str:signed>.png", views.share_picture, name="share"),
    path("mark/<str:brand>-<str:accent>.svg", views.favicon, name="favicon"),
]
