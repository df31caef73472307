"""The verbs of a vote."""

from .casting import Cast, cast, put
from .sealing import put_on_ballot, seal, seal_due
from .setting import (
    add_district,
    add_ideas,
    add_option,
    allow_together,
    begin_with,
    change_district,
    change_option,
    change_vote,
    exclude,
    remove_district,
    remove_option,
)

__all__ = [
    "Cast",
    "add_district",
    "add_ideas",
    "add_option",
    "allow_together",
    "begin_with",
    "cast",
    "change_district",
    "change_option",
    "change_vote",
    "exclude",
    "put",
    "put_on_ballot",
    "remove_district",
    "remove_option",
    "seal",
    "seal_due",
]
