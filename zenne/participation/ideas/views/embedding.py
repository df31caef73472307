"""An idea inside other sites, and the page that says how."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.participation.processes.enums import ProcessState
from zenne.people.organisations.queries import wear
from zenne.web import embedding

from .. import showing
from ..embeds import embeddable
from ..models import Idea
from .page import around


@require_safe
def widget(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for everybody, whoever is signed in here: it reads no session."""
    idea = _public(request, pk)
    context = {"idea": idea, "status": showing.status(idea), "excerpt": showing.excerpt(idea.text, 180)}
    return embedding.widget(request, "participation/ideas/widget.html", context)


@require_safe
def code(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    idea = _public(request, pk)
    template = "participation/ideas/embed.html"
    return embedding.code_page(request, template, around(request, idea), lambda: embeddable(idea), ideas=False)


def _public(request: HttpRequest, pk: int) -> Idea:
    rows = Idea.objects.filter(listed=True).exclude(process__state=ProcessState.DRAFT)
    rows = rows.select_related("process__organisation", "process__area", "theme", "author", "activity__ideation")
    idea = rows.defer("search").filter(pk=pk).first()
    if idea is None:
        raise NotFound(_("There is no idea at this address."))
    wear(request, idea.process.organisation)
    return idea
