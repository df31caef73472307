"""Draw who gets a letter, from a register that stays where it is: no database, no network, and nothing is written but the file that is asked for."""

import argparse
import csv
import json
import os
import sys
import time
from pathlib import Path

from zenne.config.installation import Fault
from zenne.config.lots import lines
from zenne.methods.lottery import register
from zenne.methods.lottery.errors import LotteryError

SUMMARY = "draw the letters of a lottery from a register (CSV)"
BAD_FILE = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("register", type=Path, help="people or addresses, one a line, with a header")
    parser.add_argument("--letters", type=int, required=True, metavar="N")
    parser.add_argument(
        "--seed",
        required=True,
        metavar="S",
        help="public randomness that was named before: a round of drand, throws of dice",
    )
    parser.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="CSV: columns of the register, then `response` (the expected share of answers of that group) or `weight`",
    )
    parser.add_argument(
        "--one-per",
        metavar="COLUMN",
        help="one letter for each value of this column, such as the address; empty: alone",
    )
    parser.add_argument(
        "--id-column", default="id", metavar="NAME", help="the column that tells entries apart (default: id)"
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="the drawn lines; must not exist yet"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")


def run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    try:
        weights = register.Weights()
        if options.weights is not None:
            weights = register.Weights.read(options.weights.read_bytes(), str(options.weights))
        mailing = register.Mailing(
            letters=options.letters,
            seed=options.seed,
            weights=weights,
            one_per=options.one_per,
            id=options.id_column,
            file=str(options.register),
        )
        if not options.register.is_file():
            raise Fault(f"{options.register}: no such file; it is read several times, so it cannot be standard input")
        if options.output.exists():
            raise Fault(f"{options.output}: exists already; nothing was drawn")
        drawing = register.draw(lambda: options.register.open("rb"), mailing)
        write(drawing, options.register, options.output)
    except LotteryError as fault:
        for line in lines(fault):
            print(f"zenne: {line}", file=sys.stderr)
        return BAD_FILE
    except OSError as fault:
        raise Fault(f"{fault.filename}: {fault.strerror}") from None
    answer = {
        "letters": len(drawing.ids),
        "people": drawing.people,
        "units": drawing.units,
        "sha256": drawing.sha256,
        "seed": options.seed,
        "groups": [
            {
                "group": dict(zip(weights.columns, group.key, strict=True)),
                "people": group.people,
                "letters": group.letters,
                "probabilities": {"min": float(group.smallest), "max": float(group.largest)},
            }
            for group in drawing.groups
        ],
        "seconds": round(time.perf_counter() - began, 3),
    }
    print(json.dumps(answer, ensure_ascii=False) if options.json else "\n".join(summary(drawing, options.output)))
    return 0


def write(drawing: register.Drawing, source: Path, output: Path) -> None:
    """Only the owner may read it. It has its name once it is whole."""
    part = output.with_name(f".{output.name}.part")
    try:
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline=""
        ) as made:
            csv.writer(made, lineterminator="\n").writerows(register.rows(lambda: source.open("rb"), drawing))
        part.rename(output)
    finally:
        part.unlink(missing_ok=True)


def summary(drawing: register.Drawing, output: Path) -> list[str]:
    told = [f"{'group':<30} {'people':>9} {'letters':>8}  chance"]
    for group in drawing.groups:
        chance = f"{float(group.smallest):.4%}"
        if group.smallest != group.largest:
            chance += f" to {float(group.largest):.4%}"
        told.append(f"{', '.join(group.key) or 'everybody':<30} {group.people:>9} {group.letters:>8}  {chance}")
    what = f"one of each {drawing.mailing.one_per!r}" if drawing.mailing.one_per is not None else "entries"
    return [
        *told,
        f"{len(drawing.ids)} letters from {drawing.units} ({what}) in {output}",
        f"register: SHA-256 {drawing.sha256}",
    ]
