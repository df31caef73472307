"""What a checked identity says of a person, for whoever above keeps it: places takes the residence.

    listeners.register("residence", keep_residence)      # in places/areas/verified.py

A listener is called inside the transaction that binds the identity, with the person, the facts and the moment. Facts are those of
`Facts`; a provider gives some, never all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from zenne.core.registry import Registry

from .models import Person


@dataclass(frozen=True)
class Facts:
    """`postcode`, `locality` and `street` are those of the official address, as the provider wrote them; empty when it gave none."""

    birth_year: int | None = None
    postcode: str = ""
    locality: str = ""
    street: str = ""


Listener = Callable[[Person, Facts, datetime], None]
listeners: Registry[Listener] = Registry("verified")
