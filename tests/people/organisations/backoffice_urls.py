"""The back office, the way in and the pages of organisations, so that these tests need no other app's pages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("manage/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("zenne.web.urls_shared")),
]
urlpatterns += i18n_patterns(
    path("", include("zenne.web.urls")),
    path("account/", include("zenne.people.accounts.urls")),
    path("organisations/", include("zenne.people.organisations.urls")),
)
