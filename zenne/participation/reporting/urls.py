from django.urls import path

from . import views

app_name = "reporting"
urlpatterns = [
    path("<slug:slug>/reports/", views.reports, name="list"),
    path("<slug:slug>/reports/<int:number>/", views.report, name="report"),
    path("<slug:slug>/reports/<int:number>/report.pdf", views.pdf, name="pdf"),
    path("<slug:slug>/reports/<int:number>/report.json", views.data, name="data"),
    path("<slug:slug>/data/", views.open_data, name="open_data"),
    path("<slug:slug>/data/<slug:dataset>.csv", views.rows, {"ending": "csv"}, name="csv"),
    path("<slug:slug>/data/<slug:dataset>.json", views.rows, {"ending": "json"}, name="json"),
]
