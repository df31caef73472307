from django.urls import path

from . import feeds, views

app_name = "governance"
urlpatterns = [
    path("governance/", views.home, name="home"),
    path("governance/bodies/<int:pk>/", views.body, name="body"),
    path("governance/sittings/", views.sittings, name="sittings"),
    path("governance/sittings.atom", feeds.Sittings(), name="feed"),
    path("governance/sittings.ics", views.calendar, name="calendar"),
    path("governance/sittings/<int:pk>/", views.sitting, name="sitting"),
    path("governance/reviews/<int:pk>/", views.review, name="review"),
    path("governance/reviews/<int:pk>/report.pdf", views.report_pdf, name="report_pdf"),
    path("governance/reviews/<int:pk>/report.json", views.report_data, name="report_data"),
    path("governance/grants/", views.grants, name="grants"),
    path("governance/registers/", views.registers, name="registers"),
    path("governance/registers/events.ics", views.events, name="events"),
]
