"""The verbs of a vote."""

from .casting import Cast, cast, put
from .counter import (
    cast_at_counter,
    drop_pass,
    forget_passes,
    give_time,
    hand_out,
    lasts_until,
    let_vote,
    pass_at,
    take_back,
)
from .funding import Brings, add_contributor, change_contributor, remove_contributor
from .importing import import_election
from .paper import bring_to_counter, explain, print_batch, scrap_batch, take_in
from .reading import begin_again, key_sheet, settle, settle_sheet
from .results import annul, begin_count, count_now, publish_result
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
    move_option,
    remove_district,
    remove_option,
)

__all__ = [
    "Brings",
    "Cast",
    "add_contributor",
    "add_district",
    "add_ideas",
    "add_option",
    "allow_together",
    "annul",
    "begin_again",
    "begin_count",
    "begin_with",
    "bring_to_counter",
    "cast",
    "cast_at_counter",
    "change_contributor",
    "change_district",
    "change_option",
    "change_vote",
    "count_now",
    "drop_pass",
    "exclude",
    "explain",
    "forget_passes",
    "give_time",
    "hand_out",
    "import_election",
    "key_sheet",
    "lasts_until",
    "let_vote",
    "move_option",
    "pass_at",
    "print_batch",
    "publish_result",
    "put",
    "put_on_ballot",
    "remove_contributor",
    "remove_district",
    "remove_option",
    "scrap_batch",
    "seal",
    "seal_due",
    "settle",
    "settle_sheet",
    "take_back",
    "take_in",
]
