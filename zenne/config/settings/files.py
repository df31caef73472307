"""Static files are hashed and compressed once; what people upload goes to a folder or to S3."""

from urllib.parse import parse_qs, urlsplit

from .environment import ENVIRONMENT, ROOT

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
DJANGO_VITE = {
    "default": {
        "manifest_path": ROOT / "zenne/web/static/web/dist/manifest.json",
        "static_url_prefix": "web/dist",
    }
}

_storage = urlsplit(ENVIRONMENT.storage)
MEDIA_URL = "/media/"
# one folder to keep and to back up: `public` is served to everyone, `private` only through a view that asks who may see
MEDIA_ROOT = f"{_storage.path.rstrip('/')}/public" if _storage.scheme == "file" else ""
_FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
_BUCKET = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {"bucket_name": _storage.hostname, "querystring_auth": True}
    | {key: values[0] for key, values in parse_qs(_storage.query).items()},
}
STORAGES = {
    "default": {"BACKEND": "zenne.config.media.PublicFolder"} if _storage.scheme == "file" else _BUCKET,
    "uploads": _FOLDER | {"OPTIONS": {"location": f"{_storage.path.rstrip('/')}/private"}}
    if _storage.scheme == "file"
    else _BUCKET | {"OPTIONS": _BUCKET["OPTIONS"] | {"location": "private"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT.debug
        else "zenne.config.static.HashedStorage"
    },
}
WHITENOISE_MAX_AGE = 31_536_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o640
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "zenne.people.uploads.forms.DocumentForm"
