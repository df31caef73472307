from django.urls import path

from . import views

app_name = "web"
urlpatterns = [
    path("styleguide/", views.gallery, name="gallery"),
    path("styleguide/form/", views.gallery_form, name="gallery-form"),
]
