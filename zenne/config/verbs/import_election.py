"""An election from the Pabulib library, held elsewhere, as a closed vote that anybody can count again."""

import argparse
from pathlib import Path

from zenne.config import installation

SUMMARY = "import a Pabulib file (.pb or .pb.gz) as a closed vote of a process"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the election; amounts in euro, votes that are no rankings")
    parser.add_argument("--process", required=True, metavar="SLUG", help="the process it becomes a phase of")
    parser.add_argument(
        "--by", required=True, metavar="EMAIL", help="the manager who imports it and publishes the result"
    )


def run(options: argparse.Namespace) -> int:
    """0 when the vote is there with its public result; 1 with the reason: nothing was imported, or the closed vote stands there and its count is named as what failed."""
    data = installation.unpacked(options.file)
    with installation.database(installation.environment()):
        installation.django()
        from zenne.core import clock
        from zenne.core.errors import Spoken
        from zenne.methods.pabulib import Malformed
        from zenne.participation.processes.models import Process
        from zenne.participation.voting import actions, importing
        from zenne.people.accounts.queries import person_with_email

        with installation.english():
            by = person_with_email(options.by)
            if by is None:
                raise installation.Fault(f"There is no account with the address {options.by}.")
            process = Process.objects.select_related("organisation").filter(slug=options.process).first()
            if process is None:
                raise installation.Fault(f"There is no process with the name {options.process}.")
            now = clock.now()
            try:
                plan = importing.plan(data, file=options.file.name, now=now)
                vote = actions.import_election(process, plan, by=by, now=now)
                result = actions.count_now(vote, now=now)
                if result.failure:
                    raise installation.Fault(f"The count of vote {vote.pk} did not work: {result.failure}")
                actions.publish_result(result, by=by, now=now)
            except (Malformed, importing.Unsuited) as fault:
                raise installation.Fault(f"{options.file}: {fault}") from None
            except Spoken as refusal:
                raise installation.Fault(str(refusal.message or refusal.headline)) from refusal
            won = {key for outcome in result.tally.values() for key in outcome["winners"]}
            official = plan.imported["official"]
            address = vote.get_absolute_url()
    named = plan.imported["rule"] or "no rule"
    taken = f"{plan.settings['count']}, completion {plan.settings['completion']}"
    print(f"Vote {vote.pk}, {result.size} ballots, root {result.root}: {address}")
    print(f"The file names {named}; counted by {taken}{'' if plan.imported['exact'] else ', which is not the same'}.")
    if official is None:
        print("The file does not say what the organiser decided.")
    else:
        print(f"The organiser's own outcome {'is the same' if won == set(official) else 'differs: see the page'}.")
    return 0
