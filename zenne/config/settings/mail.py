"""Mail by SMTP; a local installation writes its mails to files in the data folder."""

from urllib.parse import unquote, urlsplit

from .environment import ENVIRONMENT

_mail = urlsplit(ENVIRONMENT.mail_url)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
MAIL_BOUNCES = ENVIRONMENT.mail_bounces
MAIL_LETTERS_PER_MINUTE = ENVIRONMENT.mail_rate
EMAIL_SUBJECT_PREFIX = ""
EMAIL_TIMEOUT = 20
if _mail.scheme == "file":
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = _mail.path
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp" and EMAIL_HOST not in ("localhost", "127.0.0.1")
