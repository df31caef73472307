from django.urls import path

from .feeds import OrganisationNews, ProcessNews
from .views import embedding, files, listing, numbers, page

app_name = "processes"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("folders/<slug:slug>/", listing.folder, name="folder"),
    path("organisations/<slug:slug>/news.atom", OrganisationNews(), name="organisation_feed"),
    path("<slug:slug>/", page.page, name="page"),
    path("<slug:slug>/follow/", page.follow, name="follow"),
    path("<slug:slug>/embed/", embedding.code, name="embed"),
    path("<slug:slug>/news.atom", ProcessNews(), name="news_feed"),
    path("<slug:slug>/news/", page.news, name="news"),
    path("<slug:slug>/news/<int:pk>/", page.news_post, name="news_post"),
    path("<slug:slug>/changes/", page.changes, name="changes"),
    path("<slug:slug>/rules/", page.rules, name="rules"),
    path("<slug:slug>/moderation/", page.moderation, name="moderation"),
    path("<slug:slug>/moderation.csv", files.moderation, name="moderation_csv"),
    path("<slug:slug>/rules/<int:pk>.json", files.rule, name="rule"),
    path("<slug:slug>/numbers/", numbers.numbers, name="numbers"),
    path("<slug:slug>/numbers/<str:period>/<slug:table>.<str:kind>", numbers.numbers_file, name="numbers_file"),
    path("<slug:slug>/poster/", page.poster, name="poster"),
    path("<slug:slug>/qr.svg", files.qr, name="qr"),
    path("<slug:slug>/picture.png", files.picture, name="picture"),
    path("<slug:slug>/area.json", files.area, name="area"),
]
