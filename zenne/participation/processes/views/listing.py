from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.core.numbers import key_of
from zenne.people.organisations.queries import listed as organisations_listed
from zenne.people.organisations.queries import wear
from zenne.web.htmx import render

from .. import queries
from ..enums import Stage
from ..forms import SearchForm
from ..models import Folder, Process

ON_A_PAGE = 12


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All public processes, searched and narrowed."""
    organisations = organisations_listed(request)
    form = SearchForm(request.GET, organisations=organisations)
    form.is_valid()
    asked = form.cleaned_data
    chosen = asked.get("organisation")
    found = queries.listed(
        request.now,
        organisations=[chosen.pk] if chosen else organisations,
        stage=Stage(asked["state"]) if asked.get("state") else None,
        words=asked.get("q", ""),
    )
    context = _page_of(found, request.GET.get("after", "")) | {"form": form, "narrowed": any(asked.values())}
    return render(request, "participation/processes/list.html", context, partial="results")


@require_safe
def folder(request: HttpRequest, slug: str) -> HttpResponse:
    """The processes that belong together, when at least one of them is public."""
    found = Folder.objects.select_related("organisation").filter(slug=slug).first()
    processes = queries.in_folder(found, request.now) if found else Process.objects.none()
    if not found or not processes.exists():
        raise NotFound(_("There is no such folder, or nothing in it is public."))
    wear(request, found.organisation)
    context = _page_of(processes, request.GET.get("after", "")) | {"folder": found}
    return render(request, "participation/processes/folder.html", context)


def _page_of(processes: QuerySet[Process], last_seen: str) -> dict[str, Any]:
    """One page by key: what follows the process whose id is in the address; an id that means nothing starts at the beginning."""
    last = queries.public().filter(pk=key_of(last_seen)).first() if last_seen else None
    rows = list((queries.after(processes, last) if last else processes)[: ON_A_PAGE + 1])
    more = len(rows) > ON_A_PAGE
    return {
        "processes": rows[:ON_A_PAGE],
        "next_after": rows[ON_A_PAGE - 1].pk if more else None,
        "later": last is not None,
    }
