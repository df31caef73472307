import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from .kinds import scopes
from .limits import Limit
from .models import Replay, Tally, Token
from .queries import keyed, tokens_of
from .rules import LONGEST_DAYS, MOST, may_have_token

MARK = "zenne_"
SHOWN = len(MARK) + 4
RIGHT_TO = timedelta(minutes=5)
REPLAYS_KEPT = timedelta(hours=24)
UPSERT = """
    INSERT INTO {table} (caller, "window", used) VALUES (%s, %s, 1)
    ON CONFLICT (caller) DO UPDATE SET
        used = CASE WHEN {table}."window" = EXCLUDED."window" THEN {table}.used + 1 ELSE 1 END, "window" = EXCLUDED."window"
    RETURNING used
"""


@transaction.atomic
def create_token(*, by: Person, name: str, scopes_asked: Iterable[str], days: int, now: datetime) -> tuple[Token, str]:
    """A new token for one's own account, and its secret: returned once, nobody can read it again. Raises Invalid, NotAllowed."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    require(may_have_token(by))
    tidy, wanted = " ".join(name.split()), sorted(set(scopes_asked))
    if not tidy or len(tidy) > 60:
        raise Invalid(_("Give the token a name of at most 60 characters."))
    if not wanted or not set(wanted) <= set(scopes()):
        raise Invalid(_("Choose what the token may do."))
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(_("A token is valid for between 1 and %(most)d days.") % {"most": LONGEST_DAYS})
    if tokens_of(by).filter(expires_at__gt=now).count() >= MOST:
        require(Refused(Reason.LIMIT_REACHED, (("limit", MOST),)))
    secret = f"{MARK}{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        person=by,
        name=tidy,
        prefix=secret[:SHOWN],
        digest=keyed("token", secret),
        scopes=wanted,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    record("api_token.created", by=by, now=now, about=token, details={"scopes": wanted, "days": days})
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: Person, now: datetime) -> None:
    """One's own token opens nothing any more, at once. Twice changes nothing."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.person_id != by.pk:
        require(Refused(Reason.NOT_YOURS))
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        record("api_token.revoked", by=by, now=now, about=token)


def note_use(token: Token, *, now: datetime) -> None:
    """Remember that a token was used, at most once in five minutes: reading must not write each time."""
    if token.last_used_at is None or now - token.last_used_at >= RIGHT_TO:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)


def count_request(caller: str, limit: Limit, *, now: datetime) -> tuple[int, int]:
    """Count one request of a caller; answers how many are left in this window (below 0: too many) and the seconds until the next.

    One statement, exact whichever of several processes counts.
    """
    present = int(now.timestamp())
    window = present // limit.seconds
    with connection.cursor() as cursor:  # the primary's, without the request being taken for one that writes content
        cursor.execute(UPSERT.format(table=Tally._meta.db_table), [keyed("caller", caller), window * limit.seconds])
        (used,) = cursor.fetchone()
    return limit.requests - used, (window + 1) * limit.seconds - present


def sweep(*, now: datetime) -> None:
    """What counts for nothing any more: answers of yesterday, windows that passed."""
    Replay.objects.filter(made_at__lt=now - REPLAYS_KEPT).delete()
    Tally.objects.filter(window__lt=int((now - timedelta(hours=1)).timestamp())).delete()
