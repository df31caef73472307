"""What stays of a person in a vote: a mark that is worth something only while the vote's key exists.

    mark = HMAC-SHA256(the vote's key, the person's mark)

The person's mark is that of a checked identity where there is one (`people.accounts.marks`), else the account. Who has several has several
marks in a vote, and each of them stands for the same voice: whoever looks for a voter looks for all.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from zenne.people.accounts.models import Identity, Person

from .models import Vote, VoteKey

KEY_BYTES = 32
NONCE_BYTES = 16

KEY_AND_IDENTITIES = """
    select key.secret, array(select mark from accounts_identity as identity where identity.person_id = %s order by identity.id)
    from voting_votekey as key where key.vote_id = %s
"""


@dataclass(frozen=True)
class Claims:
    """The marks that stand for one human being in one vote, the strongest first: under that one a new line of the voter list is written."""

    marks: tuple[str, ...]

    @property
    def strongest(self) -> str:
        return self.marks[0]


def make_key(vote: Vote) -> None:
    """Give a vote its key. Safe to repeat; a sealed vote gets none."""
    if vote.sealed_at is None:
        VoteKey.objects.get_or_create(vote=vote, defaults={"secret": secrets.token_bytes(KEY_BYTES)})


def key_of(vote: Vote) -> bytes | None:
    """The key, without holding it: for pages. None once the box is sealed."""
    found = VoteKey.objects.filter(vote=vote).values_list("secret", flat=True).first()
    return bytes(found) if found else None


def held_key(vote: Vote) -> bytes | None:
    """The key, held until the end of the transaction: sealing waits for everybody who holds it, and nobody gets it afterwards."""
    found = _asked("select secret from voting_votekey where vote_id = %s for share", [vote.pk])
    return bytes(found[0]) if found else None


def key_and_claims(vote: Vote, person: Person, *, held: bool = False) -> tuple[bytes, Claims] | None:
    """The key and the marks of an account in one question; `held` as in `held_key`. None once the box is sealed."""
    found = _asked(KEY_AND_IDENTITIES + (" for share of key" if held else ""), [person.pk, vote.pk])
    return (bytes(found[0]), _claims(bytes(found[0]), person, found[1])) if found else None


def of_person(key: bytes, person: Person) -> Claims:
    """The marks of an account: one for every checked identity, then the account's own."""
    return _claims(
        key, person, Identity.objects.filter(person_id=person.pk).order_by("id").values_list("mark", flat=True)
    )


def _claims(key: bytes, person: Person, identities: Iterable[str]) -> Claims:
    return Claims((*(_mark(key, f"identity\n{mark}") for mark in identities), account_mark(key, person.pk)))


def _asked(question: str, values: list[int]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


def of_identity(key: bytes, mark: str) -> Claims:
    """The marks of somebody known by a checked identity alone, as at a counter: with those of their account, where they have one."""
    known = Identity.objects.filter(mark=mark).select_related("person").first()
    if known is not None:
        claims = of_person(key, known.person).marks
        own = identity_mark(key, mark)
        return Claims((own, *(each for each in claims if each != own)))
    return Claims((identity_mark(key, mark),))


def identity_mark(key: bytes, mark: str) -> str:
    return _mark(key, f"identity\n{mark}")


def account_mark(key: bytes, number: int) -> str:
    return _mark(key, f"account\n{number}")


def hold(vote: Vote, claims: Claims) -> None:
    """Let nobody else act for the same human being until the end of the transaction. Leaves no trace on any row."""
    with connection.cursor() as cursor:
        for mark in sorted(claims.marks):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 23))", [f"{vote.pk} {mark}"])


def order_seed(key: bytes, person: Person) -> str:
    """What the order of the options is made from for one voter: the same at every visit, another in every vote."""
    return _mark(key, f"order\n{person.pk}")[:16]


def _mark(key: bytes, of: str) -> str:
    return hmac.new(key, of.encode(), hashlib.sha256).hexdigest()
