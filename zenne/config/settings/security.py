"""Headers, cookies and the content security policies: nothing from elsewhere, and nothing inline outside the back office."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from .environment import ENVIRONMENT
from .maps import BASEMAP_SOURCES

SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url] if ENVIRONMENT.secure else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.secure else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.secure
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.secure
# `__Host-`: a browser takes such a cookie only over https, for this very host; a neighbour under the same domain cannot plant one
_OURS = "__Host-" if ENVIRONMENT.secure else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_OURS}sessionid", f"{_OURS}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_OURS}django_language"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
X_FRAME_OPTIONS = "SAMEORIGIN"
# the map may ask where one stands, a passkey may sign in; nothing else that a device can do is ours to use
PERMISSIONS = {
    "geolocation": "(self)",
    "publickey-credentials-get": "(self)",
    "publickey-credentials-create": "(self)",
    "clipboard-write": "(self)",
    "fullscreen": "(self)",
    **dict.fromkeys(
        (
            *(
                "accelerometer",
                "autoplay",
                "camera",
                "display-capture",
                "encrypted-media",
                "gyroscope",
                "hid",
                "idle-detection",
            ),
            *(
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "screen-wake-lock",
                "serial",
                "usb",
                "xr-spatial-tracking",
            ),
            "browsing-topics",
        ),
        "()",
    ),
}

_providers = ["{0.scheme}://{0.netloc}".format(urlsplit(provider["server"])) for provider in ENVIRONMENT.oidc]
_EVERYWHERE = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:", "blob:", *BASEMAP_SOURCES],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
    "frame-ancestors": [SELF],
    "form-action": [SELF, *_providers],  # the button that leads to itsme or eID is a form that ends there
    "base-uri": [SELF],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _EVERYWHERE}
# Previews are frames of our own pages; what starts Wagtail's fields is let in one by one (`zenne.config.policy`).
BACK_OFFICE_POLICY = {
    **_EVERYWHERE,
    "frame-src": [SELF, *_EVERYWHERE["frame-src"]],
    "form-action": [SELF],
}
# Whether webhooks may call this very machine, over http too: for trying them out, never where strangers come.
WEBHOOKS_LOCAL = ENVIRONMENT.webhooks_local
