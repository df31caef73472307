from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from zenne.core import clock
from zenne.people.accounts import actions, queries


class Command(BaseCommand):
    help = "Remove the passkeys and the authenticator app of somebody who lost their device and showed who they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: object, **options: str) -> None:
        person = queries.person_with_email(options["email"])
        if person is None:
            raise CommandError("No account has this address.")
        removed = actions.remove_second_factor(person=person, now=clock.now())
        self.stdout.write(f"{removed} removed; signed out everywhere.")
