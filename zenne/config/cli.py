"""The command line. A verb is one small module in `zenne.config.verbs`; every other word is a management command of Django's.

A verb module has SUMMARY (one line for `--help`), optionally `arguments(parser)`, and `run(options)`, which returns the exit code or
None for success. Modules import Django only inside `run`: the settings can be read only when the database has its address.
"""

import argparse
import os
import select
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from zenne.config.environment import UnsafeEnvironment
from zenne.config.installation import Fault
from zenne.config.supervisor import stop_on_signals
from zenne.core.postgres import CannotStart

VERBS = (
    *("run", "dev", "web", "worker", "prepare", "migrate", "backup", "restore", "load-demonstration", "load-volume"),
    *("load-plan", "count", "import-election", "tally", "draw", "draw-letters", "verify"),
    *("receive-bounce", "token", "check-environment", "messages", "compile-messages"),
)
EXPECTED = 1
UNSAFE = 2
INTERRUPTED = 130
UNREAD = 141  # as a shell says of a program that wrote where nobody reads any more: `zenne ... | head`


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Expected faults end in one clear line and a code; a traceback is a bug."""
    words = list(sys.argv[1:] if argv is None else argv)
    stop_on_signals()
    try:
        try:
            return told(words)
        except SystemExit:  # argparse's, after its help
            sys.stdout.flush()
            raise
    except UnsafeEnvironment as faults:
        for line in str(faults).splitlines():
            print(f"zenne: {line}", file=sys.stderr)
        return UNSAFE
    except (Fault, CannotStart) as fault:
        print(f"zenne: {fault}", file=sys.stderr)
        return EXPECTED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        if not unread():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be said goes nowhere
        return UNREAD


def told(words: Sequence[str]) -> int:
    if not words or words[0] in ("-h", "--help"):
        print(overview())
        code = 0
    else:
        code = verb(words[0], words[1:]) if words[0] in VERBS else management_command(words)
    sys.stdout.flush()  # while something can still be done about it
    return code


def unread() -> bool:
    """Whether standard output is a pipe that nobody reads any more."""
    pipe = select.poll()
    pipe.register(sys.stdout.fileno(), 0)
    return any(event & select.POLLERR for _descriptor, event in pipe.poll(0))


def overview() -> str:
    lines = ["usage: zenne <verb> [options]      `zenne <verb> --help` says more", ""]
    lines += [f"  {name:<20}{_module(name).SUMMARY}" for name in VERBS]
    return "\n".join(
        [*lines, "", "Every management command of Django works too, such as `zenne shell` or `zenne help`."]
    )


def verb(name: str, words: Sequence[str]) -> int:
    module = _module(name)
    parser = argparse.ArgumentParser(prog=f"zenne {name}", description=module.SUMMARY)
    if hasattr(module, "arguments"):
        module.arguments(parser)
    return module.run(parser.parse_args(words)) or 0


def management_command(words: Sequence[str]) -> int:
    from zenne.config import installation

    with installation.database(installation.environment()):
        installation.django()
        from django.core.management import execute_from_command_line

        execute_from_command_line(["zenne", *words])
    return 0


def _module(name: str) -> Any:
    return import_module(f"zenne.config.verbs.{name.replace('-', '_')}")


if __name__ == "__main__":
    sys.exit(main())
