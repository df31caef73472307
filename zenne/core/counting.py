"""How often something was done lately: limits against abuse, counted exactly by all processes together.

Where the cache is the database, one statement counts, in a table that is not logged: it costs no write to disk, and a crash of the
database forgives what was counted. Another cache counts for itself.
"""

from django.core.cache import DEFAULT_CACHE_ALIAS, cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

from .prepared import prepared

COUNT = """
    insert into core_counter as kept (key, number, until)
    values (%(key)s, 1, clock_timestamp() + make_interval(secs => %(seconds)s))
    on conflict (key) do update set
        number = case when kept.until > clock_timestamp() then kept.number + 1 else 1 end,
        until = case when kept.until > clock_timestamp() then kept.until else excluded.until end
    returning number
"""


def count(key: str, seconds: int) -> int:
    """Count `key` once more: how often it was counted, this time included, since the first of them; `seconds` after that one it starts anew."""
    if isinstance(caches[DEFAULT_CACHE_ALIAS], DatabaseCache):
        with prepared(), connection.cursor() as cursor:
            cursor.execute(COUNT, {"key": key, "seconds": seconds})
            (number,) = cursor.fetchone()
        return int(number)
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it expired between the two lines
        return 1


def sweep() -> None:
    """Forget what counts for nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute("delete from core_counter where until <= clock_timestamp()")
