"""PostgreSQL, always: the operator's by DATABASE_URL, else the embedded one that `zenne` starts."""

from psycopg.conninfo import conninfo_to_dict

from zenne.core.postgres import Cluster

from .environment import ENVIRONMENT

CONNECT_SECONDS = 5  # a server that is gone must not hold a thread for minutes


def connection(url: str) -> dict[str, object]:
    """Django's words for a libpq address. Parts that Django has no word for go to OPTIONS."""
    parts = {"connect_timeout": CONNECT_SECONDS, **conninfo_to_dict(url)}
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "zenne.core.database",
        **{name: str(parts.pop(key, "")) for key, name in named.items()},
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        "OPTIONS": parts,
    }


DATABASES = {"default": connection(ENVIRONMENT.database_url or Cluster(ENVIRONMENT.data / "postgres").url("zenne"))}
if ENVIRONMENT.replica_url:
    DATABASES["replica"] = connection(ENVIRONMENT.replica_url)
    DATABASE_ROUTERS = ["zenne.config.replica.Router"]

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENVIRONMENT.cache_url}
    if ENVIRONMENT.cache_url
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # Django's 300 would soon throw away what holds off an attack on codes
    }
}
