from django.urls import path, re_path

from .views import ballot, counter, pages, receipts, results

app_name = "voting"
urlpatterns = [
    path("processes/<slug:process>/votes/<int:pk>/", pages.page, name="page"),
    path("processes/<slug:process>/votes/<int:pk>/rule/", pages.rule, name="rule"),
    path("processes/<slug:process>/votes/<int:pk>/compare/", pages.compare, name="compare"),
    path("processes/<slug:process>/votes/<int:pk>/turnout/", pages.turnout, name="turnout"),
    path("processes/<slug:process>/votes/<int:pk>/print/", pages.sheet, name="print"),
    path("processes/<slug:process>/votes/<int:pk>/ballot/", ballot.ballot, name="ballot"),
    path("processes/<slug:process>/votes/<int:pk>/ballot/cast/", ballot.cast, name="cast"),
    path("processes/<slug:process>/votes/<int:pk>/ballot/done/", ballot.done, name="done"),
    path("processes/<slug:process>/votes/<int:pk>/counter/", counter.enter, name="counter"),
    path("processes/<slug:process>/votes/<int:pk>/counter/<slug:code>/", counter.ballot, name="counter_ballot"),
    path("processes/<slug:process>/votes/<int:pk>/result/", results.result, name="result"),
    path("processes/<slug:process>/votes/<int:pk>/result/report.pdf", results.report, name="report"),
    path("processes/<slug:process>/votes/<int:pk>/result/bundle.zip", results.bundle, name="bundle"),
    path("processes/<slug:process>/votes/<int:pk>/receipts/", receipts.ask, name="receipts"),
    re_path(
        r"^processes/(?P<process>[-\w]+)/votes/(?P<pk>\d{1,18})/receipts/(?P<code>[0-9a-f]{64})/$",
        receipts.receipt,
        name="receipt",
    ),
]
