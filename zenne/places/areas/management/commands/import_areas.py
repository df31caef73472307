from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zenne.core import clock
from zenne.core.errors import Spoken

from ...actions import import_areas, plan_import
from ...enums import AreaKind
from ...reading import Fields, properties_of, read, rows_of


class Command(BaseCommand):
    help = "Bring areas in from a GeoJSON, TopoJSON or GeoPackage file. Existing areas are changed, none is deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--kind", required=True, choices=[kind for kind in AreaKind.values if kind != AreaKind.OUTSIDE]
        )
        parser.add_argument("--layer", default="", help="the table or TopoJSON object, when the file has several")
        for name in Fields.__dataclass_fields__:
            option = name.replace("_", "-") + (
                "-field" if name in ("code", "parent", "population", "postcodes") else ""
            )
            parser.add_argument(
                f"--{option}",
                dest=name,
                default="",
                required=name in ("code", "name_fr"),
                help="a property of the file",
            )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = rows_of(options["file"].read_bytes(), layer=options["layer"])
            unknown = [
                options[name]
                for name in Fields.__dataclass_fields__
                if options[name] and options[name] not in properties_of(rows)
            ]
            if unknown:
                raise CommandError(f"The file has no {', '.join(unknown)}; it has {', '.join(properties_of(rows))}.")
            reading = read(rows, Fields(**{name: options[name] for name in Fields.__dataclass_fields__}))
            kind = AreaKind(options["kind"])
            if options["dry_run"]:
                outcome = plan_import(kind, reading.records, faults=reading.faults)
            else:
                outcome = import_areas(kind, reading.records, by=None, now=clock.now(), faults=reading.faults)
        except OSError as error:
            raise CommandError(str(error)) from error
        except Spoken as error:
            raise CommandError(str(error.message)) from error
        for fault in outcome.faults:
            self.stderr.write(f"row {fault.number}: {fault.message}")
        for code, fields in outcome.changed.items():
            self.stdout.write(f"{code}: {', '.join(fields)}")
        verb = "would be " if options["dry_run"] else ""
        counts = (
            f"{len(outcome.created)} {verb}created, {len(outcome.changed)} {verb}changed, {outcome.unchanged} unchanged"
        )
        self.stdout.write(f"{counts}, {len(outcome.faults)} left out")
