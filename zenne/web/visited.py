"""What kind of page somebody asked for, said by the view for whoever counts visits above.

    visited(request, "process", process.pk, organisation=process.organisation_id)     # in a view

The answer carries it in a header of its own, so that a copy of the answer that is kept for a while says it too. Whoever counts takes the
header off: it never leaves the house (`HEADER`, `taken_from`).
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

HEADER = "X-Zenne-Visited"


@dataclass(frozen=True)
class Visited:
    """A kind of page and what it belongs to: keys of a process and of an organisation, or None."""

    page: str
    process: int | None = None
    organisation: int | None = None

    def __str__(self) -> str:
        return f"{self.page} {self.process or 0} {self.organisation or 0}"


def visited(request: HttpRequest, page: str, *, process: int | None = None, organisation: int | None = None) -> None:
    """Say that this request is for a page to be counted."""
    request.visited = Visited(page, process, organisation)  # type: ignore[attr-defined]


def mark(request: HttpRequest, response: HttpResponse) -> None:
    """Write on the answer what its view said. Only pages that were found and read count."""
    said = getattr(request, "visited", None)
    if said is not None and request.method == "GET" and response.status_code == 200:
        response[HEADER] = str(said)


def taken_from(response: HttpResponse) -> Visited | None:
    """What the answer says, taken off it."""
    if not response.has_header(HEADER):
        return None
    page, process, organisation = response[HEADER].split(" ")
    del response[HEADER]
    return Visited(page, int(process) or None, int(organisation) or None)
