"""Addresses without a language: what a browser fetches for the look of a page."""

from django.urls import path, re_path

from . import embedding, sitemaps, views

urlpatterns = [
    re_path(
        r"^theme/(?P<brand>[^/]+)-(?P<accent>[^/-]+)-(?P<corners>[a-z]+)\.css$", views.theme_stylesheet, name="theme"
    ),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/<slug:name>-<int:number>.xml", sitemaps.section, name="sitemap-section"),
    path("oembed", embedding.oembed, name="oembed"),
    path("share/<str:signed>.png", views.share_picture, name="share"),
    path("mark/<str:brand>-<str:accent>.svg", views.favicon, name="favicon"),
    re_path(
        r"^streets/(?P<kind>tram|calm|short)-(?P<fingerprint>[0-9a-f]{8})/(?P<seed>[\w-]{1,80})\.svg$",
        views.street_file,
        name="street",
    ),
]
