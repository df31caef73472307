from django.urls import path

from . import feeds
from .views import files, listing, money, past, plan, project

app_name = "portfolio"
urlpatterns = [
    path("plans/", plan.plans, name="plans"),
    path("plans/<slug:plan>/", plan.plan, name="plan"),
    path("plans/<slug:plan>/changes.atom", feeds.PlanChanges(), name="changes_feed"),
    path("plans/<slug:plan>/past/", past.plan, name="past"),
    path("plans/<slug:plan>/past.<slug:form>", past.file, name="past_file"),
    path("plans/<slug:plan>/share.png", files.plan_picture, name="plan_picture"),
    path("plans/<slug:plan>/domains/<slug:slug>/", plan.domain, name="domain"),
    path("plans/<slug:plan>/projects/", listing.projects, name="projects"),
    path("plans/<slug:plan>/projects.csv", listing.table, name="table"),
    path("plans/<slug:plan>/projects/<slug:slug>/", project.project, name="project"),
    path("plans/<slug:plan>/projects/<slug:slug>/follow/", project.follow, name="follow"),
    path("plans/<slug:plan>/projects/<slug:slug>/news.atom", feeds.ProjectNews(), name="news_feed"),
    path("plans/<slug:plan>/projects/<slug:slug>/versions/", past.project, name="versions"),
    path("plans/<slug:plan>/projects/<slug:slug>/print/", files.sheet, name="print"),
    path("plans/<slug:plan>/projects/<slug:slug>/embed/", files.code, name="embed"),
    path("plans/<slug:plan>/projects/<slug:slug>/share.png", files.picture, name="picture"),
    path("plans/<slug:plan>/projects/<slug:slug>/qr.svg", files.qr, name="qr"),
    path("plans/<slug:plan>/projects/<slug:slug>/areas.geojson", files.outline, name="outline"),
    path("embed/plans/<slug:plan>/projects/<slug:slug>/", files.widget, name="widget"),
    path("money-and-change/", money.page, name="money_and_change"),
    path("money-and-change.csv", money.table, name="money_and_change_table"),
]
