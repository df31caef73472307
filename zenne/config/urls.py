"""The address book. Language first, then the room; an address that was published once is kept."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from zenne.config.health import health
from zenne.config.media import media

handler500 = "zenne.web.outage.failure"
handler429 = "zenne.web.middleware.too_many"  # allauth's name for it

urlpatterns = [
    path("health/", health, name="health"),
    # one form for names and addresses: ours
    path("manage/account/", RedirectView.as_view(pattern_name="accounts:profile")),
    path("manage/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", media),
    path("files/", include("zenne.people.uploads.urls")),
    path("api/", RedirectView.as_view(pattern_name="api:manual")),
    path("api/v1/", include("zenne.opendata.api.urls_v1")),
    path("", include("zenne.web.urls_shared")),
]
urlpatterns += i18n_patterns(
    path("", include("zenne.web.urls")),
    path("account/", include("zenne.people.access.urls")),
    path("account/", include("zenne.people.accounts.urls")),
    path("organisations/", include("zenne.people.organisations.urls")),
    path("", include("zenne.opendata.api.urls")),
    path("organisations/", include("zenne.opendata.statistics.urls")),
    path("processes/", include("zenne.participation.processes.urls")),
    path("embed/processes/", include("zenne.participation.processes.urls_widget")),
    path("processes/", include("zenne.participation.reporting.urls")),
    path("", include("zenne.strategy.portfolio.urls")),
    path("", include("zenne.strategy.governance.urls")),
    path("", include("zenne.participation.advices.urls")),
    path("", include("zenne.participation.decisions.urls")),
    path("processes/", include("zenne.participation.feasibility.urls")),
    path("processes/", include("zenne.participation.selections.urls")),
    path("", include("zenne.participation.voting.urls")),
    path("", include("zenne.participation.juries.urls")),
    path("", include("zenne.participation.sortition.urls")),
    path("", include("zenne.participation.panels.urls")),
    path("", include("zenne.participation.meetings.urls")),
    path("", include("zenne.participation.ideas.urls")),
    path("", include("zenne.participation.comments.urls")),
    path("", include("zenne.people.moderation.urls")),
    path("mails/", include("zenne.messaging.outbox.urls")),
    path("messages/", include("zenne.messaging.campaigns.urls")),
    path("messages/", include("zenne.messaging.notifications.urls")),
    path("places/", include("zenne.places.areas.urls")),
    path("", include("zenne.strategy.indicators.urls")),
    path("", include("zenne.portal.urls")),
    # an unknown address that has no language must not find one here
    re_path(
        r"^(?!(?:manage|documents|media|files|api|health|theme|mark|streets|oembed|sitemaps)/)", include(wagtail_urls)
    ),
)
if settings.DEBUG:
    urlpatterns += staticfiles_urlpatterns()
