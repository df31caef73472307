"""A process inside other sites, and the page that says how."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.people.organisations.queries import wear
from zenne.web import embedding

from .. import queries, showing
from ..embeds import embeddable
from ..enums import ProcessState, WindowState
from ..models import Process


@require_safe
def widget(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everybody, whoever is signed in here: it reads no session."""
    process = _public(request, slug)
    now = request.now  # type: ignore[attr-defined]
    stop = queries.current(process, now)
    is_open = process.state == ProcessState.PUBLISHED and stop is not None and stop.state == WindowState.OPEN
    context = {"process": process, "pill": showing.pill(process, now), "open": is_open}
    return embedding.widget(request, "participation/processes/widget.html", context)


@require_safe
def code(request: HttpRequest, slug: str) -> HttpResponse:
    process = _public(request, slug)
    context = {"process": process, "draft": False, "archived": False, "key": ""}
    template = "participation/processes/embed.html"
    return embedding.code_page(request, template, context, lambda: embeddable(process), ideas=True)


def _public(request: HttpRequest, slug: str) -> Process:
    process = queries.with_timeline(slug)
    if process is None or process.state == ProcessState.DRAFT:
        raise NotFound(_("There is no process at this address."))
    wear(request, process.organisation)
    return process
