from django.urls import path

from . import views

app_name = "api"
urlpatterns = [
    path("developers/", views.developers, name="manual"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/new/", views.new_token, name="new-token"),
]
