from django.urls import path

from .views import embedding

app_name = "processes-widget"
urlpatterns = [path("<slug:slug>/", embedding.widget, name="process")]
