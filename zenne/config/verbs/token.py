"""A key for a program, without opening a page."""

import argparse

from zenne.config import installation

SUMMARY = "print a new API token of a person"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="the address of the account that the program acts for")
    parser.add_argument(
        "--scope",
        action="append",
        default=[],
        metavar="SCOPE",
        help="a right it carries, such as ideas:write; may be given several times (default: read)",
    )
    parser.add_argument("--days", type=int, default=90, help="how long it is valid (default 90, at most 366)")
    parser.add_argument("--name", default="zenne token", help="the name it has in the list of the account")


def run(options: argparse.Namespace) -> int:
    with installation.database(installation.environment()):
        installation.django()
        from zenne.core import clock
        from zenne.core.errors import Spoken
        from zenne.opendata.api import actions, kinds
        from zenne.people.accounts.queries import person_with_email

        person = person_with_email(options.email)
        if person is None:
            raise installation.Fault(f"There is no account with the address {options.email}.")
        wanted = options.scope or ["read"]
        if unknown := sorted(set(wanted) - set(kinds.scopes())):
            raise installation.Fault(f"No such scope: {', '.join(unknown)}. There are {', '.join(kinds.scopes())}.")
        try:
            _token, secret = actions.create_token(
                by=person, name=options.name, scopes_asked=wanted, days=options.days, now=clock.now()
            )
        except Spoken as refusal:
            raise installation.Fault(str(refusal.message)) from refusal
        print(secret)
    return 0
