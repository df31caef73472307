"""What services found, for everyone; and the page on which an author adapts an idea."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zenne.core.clock import in_brussels
from zenne.core.errors import NotFound, Spoken
from zenne.participation.ideas.enums import ENDED, LISTED, IdeaState
from zenne.participation.processes.models import Process
from zenne.participation.processes.queries import public
from zenne.participation.selections.models import Selection
from zenne.participation.selections.queries import of_process
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import wear
from zenne.web.htmx import render

from . import actions, queries, showing
from .enums import OPEN, StudyState
from .forms import AdaptForm
from .models import Feasibility, Study
from .rules import may_adapt

PAGE = 100


@require_safe
def studies(request: HttpRequest, slug: str, activity: int) -> HttpResponse:
    """Every study of an activity, by state if asked; what is late is said."""
    process = _process(request, slug)
    found = Feasibility.objects.select_related("activity__phase").filter(
        activity=min(activity, 2**62), activity__phase__process=process
    )
    feasibility = found.first()
    if feasibility is None:
        raise NotFound(_("There is no feasibility study at this address."))
    readable = queries.studies(feasibility).filter(idea__state__in=[*LISTED, IdeaState.MERGED])
    pairs = list(readable.values_list("state", "idea__state"))
    awaited = [own for own, idea in pairs if not (own in OPEN and idea in ENDED)]
    state = request.GET.get("state", "")
    standing = readable.exclude(state__in=OPEN, idea__state__in=ENDED)
    chosen = standing.filter(state=state) if state in StudyState.values else readable
    address = reverse("studies:list", args=[process.slug, feasibility.pk])
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    here = f"{address}?state={state}&page=" if state in StudyState.values else f"{address}?page="
    context = {
        "process": process,
        "activity": feasibility.activity,
        "days": feasibility.days,
        "rows": showing.rows(page, in_brussels(request.now).date()),  # type: ignore[attr-defined]
        "total": len(pairs),
        "awaited": len(awaited),
        "answered": sum(each not in OPEN for each in awaited),
        "options": [
            {"label": _("All"), "url": address, "current": state not in StudyState.values, "count": len(pairs)},
            *(
                {
                    "label": str(each.label),
                    "url": f"{address}?state={each.value}",
                    "current": state == each,
                    "count": awaited.count(each.value),
                }
                for each in StudyState
            ),
        ],
        "previous": f"{here}{page.previous_page_number()}" if page.has_previous() else "",
        "next": f"{here}{page.next_page_number()}" if page.has_next() else "",
        "list": _list(process, feasibility),
    }
    return render(request, "participation/feasibility/list.html", context)


def _list(process: Process, feasibility: Feasibility) -> Selection | None:
    return of_process(process).filter(activity=feasibility.activity).first()


@require_http_methods(["GET", "POST"])
def adapt(request: HttpRequest, slug: str, study: int) -> HttpResponse:
    process = _process(request, slug)
    found = Study.objects.select_related("idea__process__organisation", "service", "feasibility__activity__phase")
    asked = found.filter(pk=min(study, 2**62), idea__process=process).first()
    if asked is None:
        raise NotFound(_("There is no study at this address."))
    if not isinstance(request.user, Person):
        require(Refused(Reason.NOT_SIGNED_IN))
    require(may_adapt(request.user, asked))
    given = {"title": asked.idea.title, "text": asked.idea.text}
    form = AdaptForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_valid():
        try:
            actions.adapt(asked, **form.cleaned_data, by=request.user, now=request.now)  # type: ignore[arg-type, attr-defined]
        except Spoken as refusal:
            form.add_error(None, str(refusal.message or refusal.headline))
        else:
            messages.success(
                request, _("Thank you. The service studies your idea again; the earlier words stay readable.")
            )
            return HttpResponseRedirect(asked.idea.get_absolute_url())
    context: dict[str, Any] = {
        "process": process,
        "idea": asked.idea,
        "form": form,
        "row": showing.row(asked, in_brussels(request.now).date()),  # type: ignore[attr-defined]
    }
    return render(request, "participation/feasibility/adapt.html", context, status=422 if form.is_bound else 200)


def _process(request: HttpRequest, slug: str) -> Process:
    process = public().select_related("organisation").filter(slug=slug).first()
    if process is None:
        raise NotFound(_("There is no process at this address."))
    wear(request, process.organisation)
    return process
