from django.urls import path

from . import views

app_name = "moderation"
urlpatterns = [
    path("report/<str:kind>/<int:pk>/", views.report, name="report"),
    path("moderation/mine/", views.mine, name="mine"),
    path("moderation/statements/<uuid:key>/", views.statement, name="statement"),
    path("moderation/blocks/<uuid:key>/", views.block, name="block"),
]
