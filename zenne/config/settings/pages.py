"""How a page is made: middleware, templates, forms, and the CMS."""

from .environment import ENVIRONMENT

DEBUG = ENVIRONMENT.debug
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zenne.opendata.statistics.middleware.VisitsMiddleware",
    "zenne.web.page_cache.PageCacheMiddleware",
    "zenne.web.compression.CompressionMiddleware",
    "zenne.web.just_wrote.JustWroteMiddleware",
    *(["zenne.config.replica.ReplicaMiddleware"] if ENVIRONMENT.replica_url else []),
    "zenne.opendata.api.door.ApiMiddleware",
    "zenne.config.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "zenne.web.tokens.TokenMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zenne.people.accounts.middleware.LastSeenMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zenne.web.middleware.PageMiddleware",
    "zenne.people.organisations.middleware.OrganisationMiddleware",
    "zenne.people.access.middleware.AccessMiddleware",
    "zenne.people.accounts.middleware.AccountsMiddleware",
    "zenne.web.throttle.ThrottleMiddleware",
]
WRITTEN_AFTER: float | None = (
    5  # seconds that visits and the like wait in a web process (`core.aside`); None: until somebody writes them
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "zenne.web.templatetags.web"],
        },
    }
]
PAGE_CACHE = not ENVIRONMENT.debug  # public pages for visitors, and what all pages share, for two seconds
# how long somebody who sent something reads no copies: longer than a page is kept, or than a replica may lag
SECONDS_AFTER_A_WRITE = 15 if ENVIRONMENT.replica_url else 5
FORM_RENDERER = "zenne.web.forms.Renderer"
BASE_URL = ENVIRONMENT.base_url
WAGTAIL_SITE_NAME = "Zenne"
WAGTAILADMIN_BASE_URL = ENVIRONMENT.base_url
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
WAGTAIL_USAGE_COUNT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False  # the few who write pages publish them
WAGTAILADMIN_LOGIN_URL = "/account/login/"
