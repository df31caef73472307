from importlib import import_module

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

PLACES = [
    ("", "zenne.web.urls"),
    ("account/", "zenne.people.accounts.urls"),
    ("organisations/", "zenne.people.organisations.urls"),
    ("processes/", "zenne.participation.processes.urls"),
    ("", "zenne.participation.ideas.urls"),
    ("", "zenne.participation.comments.urls"),
    ("", "zenne.people.moderation.urls"),
    ("", "zenne.people.access.urls"),
    ("messages/", "zenne.messaging.notifications.urls"),
    ("", "zenne.portal.urls"),
]


def there(module):
    try:
        return bool(import_module(module))
    except ImportError:
        return False


urlpatterns = [
    path("manage/", include(wagtailadmin_urls)),
    path("", include("zenne.web.urls_shared")),
    path("files/", include("zenne.people.uploads.urls")),
    *i18n_patterns(*(path(prefix, include(module)) for prefix, module in PLACES if there(module))),
]
