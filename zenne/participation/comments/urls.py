from django.urls import path

from . import views

app_name = "comments"
urlpatterns = [
    path("comments/about/<str:kind>/<int:pk>/", views.discussion, name="discussion"),
    path("comments/<int:pk>/", views.comment, name="comment"),
    path("comments/<int:pk>/edit/", views.edit, name="edit"),
    path("comments/<int:pk>/delete/", views.delete, name="delete"),
    path("comments/<int:pk>/react/", views.react, name="react"),
]
