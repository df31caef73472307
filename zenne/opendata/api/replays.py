"""Sent twice, done once: requests that carry an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header)."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BaseModel

from .errors import Fault, Faulty, KeyReused
from .kinds import signed_in
from .models import Replay

HEADER = "Idempotency-Key"
LONGEST = 64
Made = TypeVar("Made", bound=BaseModel)


def once(request: HttpRequest, of: type[Made], make: Callable[[], Made]) -> Made:
    """What `make` gives; for a request that came before under the same key, what it gave then.

    Of requests that arrive together one is done and the others wait for its answer (`api_replay_key_once`). A refusal is not kept: the same
    key may try again. Raises KeyReused for another request under the same key.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return make()
    if not (1 <= len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise Faulty([Fault(_("A key has between 1 and 64 plain characters."), parameter=HEADER)])
    fingerprint = hashlib.sha256(
        b"\n".join([request.method.encode(), request.get_full_path().encode(), request.body])  # type: ignore[union-attr]
    ).hexdigest()
    person = signed_in(request)
    with transaction.atomic():
        asked = Replay(person=person, key=key, fingerprint=fingerprint, made_at=request.now)  # type: ignore[attr-defined]
        Replay.objects.bulk_create([asked], ignore_conflicts=True)
        row = Replay.objects.select_for_update().get(person=person, key=key)
        if row.fingerprint != fingerprint:
            raise KeyReused
        if row.answer:
            request.replayed = True  # type: ignore[attr-defined]
            return of.model_validate(row.answer)
        made = make()
        row.answer = made.model_dump(mode="json")
        row.save(update_fields=["answer"])
    return made
