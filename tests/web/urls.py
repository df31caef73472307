"""The addresses of web alone: the lowest pages are tested without the rooms above them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [path("", include("zenne.web.urls_shared")), *i18n_patterns(path("", include("zenne.web.urls")))]
