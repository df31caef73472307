"""Eight voters who vote again and again in the last minute of a vote, each in a thread of their own: a program that `test_killed_database` runs.

Prints a line for each receipt given (`person code`), goes on when the database comes back, and at a line on its standard input lets the clock pass the end,
seals the box, and prints what is in it as JSON.
"""

import json
import os
import sys
import threading
import time
from datetime import timedelta

import django

VOTERS = 8


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "zenne.config.settings"
    django.setup()
    from django.db import Error, connection

    from tests.participation.voting.factories import CLOSES, content, resident, vote
    from zenne.core.errors import Spoken
    from zenne.core.mail import withheld
    from zenne.participation.voting import actions
    from zenne.participation.voting.models import Replaced, SealedBallot

    open_vote = vote()
    said = content(open_vote, 1)
    people = [resident(f"Voter {number}") for number in range(VOTERS)]
    speaking = threading.Lock()
    clock = [CLOSES - timedelta(seconds=30)]

    def vote_on(person) -> None:
        with withheld():
            while True:
                try:
                    done = actions.cast(open_vote, content=said, by=person, now=clock[0], clock=lambda: clock[0])
                except Spoken:
                    return
                except Error:
                    connection.close()
                    time.sleep(0.1)
                else:
                    with speaking:
                        print(person.pk, done.ballot.leaf, flush=True)

    threads = [threading.Thread(target=vote_on, args=(person,), daemon=True) for person in people]
    for thread in threads:
        thread.start()
    sys.stdin.readline()
    clock[0] = CLOSES
    connection.close()  # the line of before the kill
    actions.seal(open_vote, now=CLOSES + timedelta(hours=1))
    for thread in threads:
        thread.join(30)
    box = {
        "sealed": list(SealedBallot.objects.values_list("leaf", flat=True)),
        "replaced": list(Replaced.objects.values_list("leaf", flat=True)),
    }
    print(json.dumps(box), flush=True)


if __name__ == "__main__":
    main()
