"""A plan written in a file, brought into the portfolio. docs/manual/plans.md tells the file's format."""

import argparse
from pathlib import Path

from zenne.config import installation

SUMMARY = "load a plan with its projects and indicators from a YAML file (again changes only what differs)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="the plan; or the name of one that comes with the platform, such as smart-city-2030"
    )
    parser.add_argument(
        "--organisation", metavar="SLUG", help="whose plan it is; without it the organisation that the file names"
    )
    parser.add_argument(
        "--by",
        metavar="EMAIL",
        help="who enters it, a manager: then its decision stands among those that everyone reads",
    )
    parser.add_argument(
        "--check", action="store_true", help="say what would change and which lines are wrong; keep nothing"
    )


def run(options: argparse.Namespace) -> int:
    """0 when it is loaded, or would be; 1 with every faulty line, and nothing is loaded."""
    with installation.database(installation.environment()):
        installation.django()
        from zenne.core import clock
        from zenne.people.accounts.queries import person_with_email
        from zenne.people.organisations.models import Organisation
        from zenne.strategy.portfolio.planfiles import bringing, bundled, reading

        path = bundled.path_of(options.file)
        with installation.english():
            by = person_with_email(options.by) if options.by else None
            if options.by and by is None:
                raise installation.Fault(f"There is no account with the address {options.by}.")
            try:
                file = reading.read(_content(path))
                slug = options.organisation or file.plan.organisation
                organisation = Organisation.objects.filter(slug=slug).first()
                if organisation is None:
                    raise installation.Fault(
                        f"There is no organisation with the name {slug}. Choose one by --organisation."
                    )
                summary = bringing.bring_in(
                    file, organisation=organisation, by=by, now=clock.now(), check=options.check
                )
            except reading.Faulty as fault:
                raise installation.Fault(_told(path, fault.faults)) from None
    for line in summary.lines:
        print(line)
    for kind, counted in summary.counts.items():
        print(f"{kind}: {counted['new']} new, {counted['changed']} changed, {counted['same']} the same")
    print("Nothing was kept: this was a check." if options.check else f"Plan {file.plan.key} of {slug} is loaded.")
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise installation.Fault(f"{path}: {fault.strerror}") from None


def _told(path: Path, faults: list) -> str:
    lines = [f"{path}:{fault.spot.line}:{fault.spot.column}: {fault.reason}" for fault in faults]
    return "\n".join([f"{len(lines)} fault{'' if len(lines) == 1 else 's'}, nothing was loaded.", *lines])
