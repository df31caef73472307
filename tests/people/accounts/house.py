from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

try:
    from zenne.config.urls import urlpatterns
except ImportError:
    from wagtail.admin import urls as wagtailadmin_urls

    urlpatterns = [path("manage/", include(wagtailadmin_urls)), path("", include("zenne.web.urls_shared"))]
    urlpatterns += i18n_patterns(
        path("", include("zenne.web.urls")),
        path("account/", include("zenne.people.access.urls")),
        path("account/", include("zenne.people.accounts.urls")),
    )
