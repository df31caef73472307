"""The cache in a table of the database, with counters that all processes share exactly.

Django's own reads a counter and writes it back, so that two requests at the same instant count as one, and it forgets when the counter
was to expire. Limits against abuse need neither.
"""

import base64
import pickle
from datetime import UTC, datetime

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction


class CountingCache(DatabaseCache):
    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """One row lock per counter; its expiry stays. Raises ValueError for a counter that is not there."""
        key = self.make_and_validate_key(key, version=version)
        database = router.db_for_write(self.cache_model_class)
        table = connections[database].ops.quote_name(self._table)  # type: ignore[attr-defined]
        with transaction.atomic(using=database), connections[database].cursor() as cursor:
            cursor.execute(f"select value, expires from {table} where cache_key = %s for update", [key])  # noqa: S608
            row = cursor.fetchone()
            if row is None or row[1] < datetime.now(UTC):  # noqa: TID251 - the clock that wrote the expiry
                raise ValueError(f"no counter {key!r}")
            total = pickle.loads(base64.b64decode(row[0])) + delta  # noqa: S301 - our own table
            kept = base64.b64encode(pickle.dumps(total, self.pickle_protocol)).decode("latin1")
            cursor.execute(f"update {table} set value = %s where cache_key = %s", [kept, key])  # noqa: S608
        return int(total)
