"""Sessions as Django keeps them in the database, found in one plain statement: every page of everybody signed in begins with it."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from zenne.core import clock
from zenne.core.prepared import rows_of


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        found = rows_of(Session, "where session_key = %s and expire_date > %s", [self.session_key, clock.now()])
        if not found:
            self._session_key = None
        return found[0] if found else None
