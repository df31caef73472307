from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from zenne.core import clock
from zenne.people.accounts import actions, queries


class Command(BaseCommand):
    help = "Delete the account of somebody who lost their mailbox and showed who they are. Nothing brings it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: object, **options: str) -> None:
        person = queries.person_with_email(options["email"])
        if person is None:
            raise CommandError("No account has this address.")
        if not options["yes"] and input(f"Type {person.email} to delete this account for good: ") != person.email:
            raise CommandError("Nothing was deleted.")
        actions.erase(by=person, now=clock.now())
        self.stdout.write("Deleted.")
