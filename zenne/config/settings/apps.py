"""Which apps the house is made of, in the order of ARCHITECTURE: upper rooms first."""

HOUSE = [
    "zenne.portal",
    "zenne.participation.ideas",
    "zenne.participation.comments",
    "zenne.participation.processes",
    "zenne.messaging.notifications",
    "zenne.messaging.outbox",
    "zenne.opendata.statistics",
    "zenne.opendata.api",
    "zenne.places.areas",
    "zenne.people.moderation",
    "zenne.people.uploads",
    "zenne.people.access",
    "zenne.people.organisations",
    "zenne.people.history",
    "zenne.people.accounts",
    "zenne.web",
    "zenne.core",
]

# the files in which apps declare what they bring to a registry below them, imported once at start
DECLARATIONS = [
    "activity",
    "api",
    "checklist",
    "contributions",
    "desk",
    "discussions",
    "events",
    "findable",
    "letters",
    "navigation",
    "notifications",
    "personal_data",
    "personal_questions",
    "slots",
    "statistics",
    "verified",
    "visible",
]

INSTALLED_APPS = [
    "zenne.config",
    *HOUSE,
    "modeltrans",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "django_vite",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
]

ROOT_URLCONF = "zenne.config.urls"
WSGI_APPLICATION = "zenne.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
