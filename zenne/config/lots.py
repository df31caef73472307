"""What can be wrong with the files of a lottery, in words for whoever sits at the command line."""

from collections.abc import Mapping

from zenne.methods.lottery.cells import BadFile
from zenne.methods.lottery.errors import LotteryError

SENTENCES = {
    # files
    "too-large": "the file is larger than {limit} bytes",
    "empty-file": "the file is empty",
    "binary-file": "this is no text; save the table as CSV",
    "not-utf-8": "this character is not UTF-8; save the table as CSV UTF-8",
    "line-too-long": "the line is longer than {limit} bytes",
    "cell-too-long": "the cell is longer than {limit} characters",
    "open-quote": 'a quotation mark (") is opened here and not closed',
    "text-after-quote": "{text!r} follows a closing quotation mark",
    "bad-quotes": "quotation marks that do not fit: {text}",
    "no-column-name": "a column has no name",
    "duplicate-column": "there are two columns {name!r}",
    "missing-column": "there is no column {name!r}",
    "too-few-cells": "the line has {found} cells, and the header {expected}",
    "too-many-cells": "the line has {found} cells, and the header {expected}",
    "no-rows": "there is nothing below the header",
    "empty-cell": "{column!r} is empty",
    "duplicate-id": "the id {id!r} stands already on line {line}",
    # quotas and pool
    "unknown-value": "{value!r} is no value of {category!r} that has quotas",
    "not-a-number": "{text!r} is not a whole number from 0",
    "minimum-above-maximum": "the minimum {minimum} is above the maximum {maximum}",
    "duplicate-quota": "{category!r}, {value!r} has quotas already on line {line}",
    "id-is-a-category": "{name!r} is the column of the id and cannot be a category",
    "pool-too-small": "only {seats} people can be drawn, and the panel has {size} seats",
    # weights and register
    "not-a-share": "{text!r} is not a share above 0 and at most 1",
    "not-above-zero": "{text!r} is not a number above 0",
    "duplicate-group": "the group {group!r} stands already on line {line}",
    "unknown-group": "the group {group!r} has no weight",
    "file-changed": "the register was changed while it was read",
    "bad-letters": "{letters} letters cannot be drawn",
    "register-too-small": "{letters} letters are asked for, and the register has {units} people or addresses to send one to",
    # what is asked on the command line
    "bad-size": "a panel of {size} cannot be drawn",
    "bad-limit": "at most {limit} of one address cannot be drawn",
    "too-many-included": "more people are included than the panel has seats",
    "included-together": "those who are included cannot sit together",
    "stale-relaxation": "{category!r}, {value!r} has other quotas by now",
    "unknown-id": "there is nobody with the id {id!r} (--{where})",
    "included-and-excluded": "{id!r} cannot be both included and excluded",
    "bad-seed": "the seed is a printable text of at most 1000 characters",
    "bad-signature": "this is not the beacon's signature of round {round}",
    "reserved-category": "a category cannot be called {category!r}",
    "restarts-exhausted": "the old algorithm found no panel in {restarts} attempts",
    "too-hard": "neither was a panel found, nor that there is none",
    "stopped": "stopped before there was any panel",
}


def sentence(code: str, parameters: Mapping[str, object]) -> str:
    return SENTENCES.get(code, code).format_map(parameters)


def lines(fault: LotteryError) -> list[str]:
    """What to print: for a file each fault as FILE:LINE:COLUMN: words."""
    if isinstance(fault, BadFile):
        return [f"{one.file}:{one.line}:{one.column}: {sentence(one.code, one.parameters)}" for one in fault.faults]
    return [sentence(fault.code, fault.parameters)]
