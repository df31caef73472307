"""The back office alone, so that its tests need no other app's pages."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [path("manage/", include(wagtailadmin_urls)), path("documents/", include(wagtaildocs_urls))]
