"""The form in steps: what, where, pictures, check and send. What is typed is kept from the first word, signed in or not.

A draft is found again by a signed cookie, or by its author once they signed in. Signing in is asked at the very end, when the idea is
sent; what was sent then is sent again on return (see `zenne.people.access.resume`).
"""

from contextlib import suppress
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zenne.core.detection import detect
from zenne.core.errors import NotFound, Spoken
from zenne.core.languages import LANGUAGES, current
from zenne.opendata.statistics.enums import PageKind
from zenne.participation.processes.models import Activity, Process
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.uploads import actions as uploads
from zenne.people.uploads import queries as uploaded
from zenne.people.uploads.enums import UploadKind
from zenne.people.uploads.models import Upload
from zenne.web.htmx import render
from zenne.web.sending import sent_from
from zenne.web.visited import visited

from .. import actions, queries, showing
from ..actions import Place
from ..enums import Asked, IdeaState, Step
from ..forms import AltForm, FilesForm, PlaceForm, SendForm, WordsForm
from ..models import Draft, Ideation
from ..rules import may_propose
from .finding import calls_of, process_at

TWO_MONTHS = 60 * 60 * 24 * 60
SALT = "ideas.draft"


def _call(request: HttpRequest, slug: str) -> Activity:
    """The call one writes for: the one that is open, where a process has several."""
    process = process_at(request, slug)
    proposing = showing.proposing(calls_of(process), request.user, request.now)
    if proposing is None:
        raise NotFound(_("This project does not ask for ideas."))
    return proposing.call


def _steps(settings: Ideation) -> list[Step]:
    """The pages that this call's rule needs."""
    shown = {
        Step.PLACE: settings.place != Asked.NONE,
        Step.FILES: bool(settings.max_photos or settings.max_files),
    }
    return [step for step in Step if shown.get(step, True)]


def _cookie(activity: Activity) -> str:
    return f"idea-draft-{activity.pk}"


def _draft(request: HttpRequest, activity: Activity) -> Draft | None:
    """What this visitor began: by their cookie, else, signed in, their latest."""
    person = request.user if isinstance(request.user, Person) else None
    drafts = Draft.objects.filter(activity=activity)
    with suppress(BadSignature, ValueError, KeyError):
        key = UUID(request.get_signed_cookie(_cookie(activity), salt=SALT, max_age=TWO_MONTHS))
        draft = drafts.filter(pk=key).first()
        if draft and (draft.person_id is None or (person and draft.person_id == person.pk)):
            return actions.take_over(draft, by=person, now=request.now) if person else draft
    return drafts.filter(person=person).order_by("-updated_at", "key").first() if person else None


def _remembering(response: HttpResponse, request: HttpRequest, draft: Draft) -> HttpResponse:
    response.set_signed_cookie(
        _cookie(draft.activity),
        str(draft.key),
        salt=SALT,
        max_age=TWO_MONTHS,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )
    return response


@require_safe
def begin(request: HttpRequest, process: str) -> HttpResponse:
    """Where one left off, else the first page. `?again=1` begins at the first page of the same draft."""
    activity = _call(request, process)
    draft = _draft(request, activity)
    step = draft.step if draft and draft.step in _steps(activity.ideation) else Step.IDEA
    return HttpResponseRedirect(_address(activity.process, Step(step)))


def _address(process: Process, step: Step) -> str:
    return reverse("ideas:step", args=[process.slug, step.value])


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, process: str, step: str) -> HttpResponse:
    """One page of the form."""
    activity = _call(request, process)
    steps = _steps(activity.ideation)
    if step not in steps:
        raise NotFound
    answer = may_propose(request.user, activity, request.now)
    if not showing.offered(answer):
        require(answer)
    draft = _draft(request, activity)
    if draft is None and step != Step.IDEA:
        return HttpResponseRedirect(_address(activity.process, Step.IDEA))
    page = {Step.IDEA: _idea, Step.PLACE: _place, Step.FILES: _files, Step.CHECK: _check}[Step(step)]
    return page(request, activity, draft, steps)


def _shown(
    request: HttpRequest,
    activity: Activity,
    step: Step,
    steps: list[Step],
    context: dict[str, Any],
    *,
    wrong: bool = False,
) -> HttpResponse:
    at = steps.index(step)
    process = activity.process
    visited(request, PageKind.FORM, process=process.pk, organisation=process.organisation_id)
    around = {
        "process": process,
        "activity": activity,
        "settings": activity.ideation,
        "step": step,
        "number": at + 1,
        "total": len(steps),
        "back": _address(process, steps[at - 1]) if at else "",
        "draft": None,
        "autosave": reverse("ideas:autosave", args=[process.slug]),
        **showing.ground(process),
    }
    return render(request, f"participation/ideas/write/{step}.html", around | context, status=422 if wrong else 200)


def _onwards(request: HttpRequest, draft: Draft, step: Step, steps: list[Step]) -> HttpResponse:
    following = steps[steps.index(step) + 1]
    return _remembering(HttpResponseRedirect(_address(draft.activity.process, following)), request, draft)


def _kept(request: HttpRequest, activity: Activity, draft: Draft | None, step: Step) -> Draft:
    """Keep what was just sent, right or wrong."""
    saved = actions.save_draft(
        activity=activity,
        data={
            name: values for name, values in _pointed(request.POST).items() if name != "language" or step == Step.CHECK
        },
        step=step,
        key=draft.key if draft else None,
        by=request.user if isinstance(request.user, Person) else None,
        now=request.now,
    )
    saved.activity = activity
    return saved


def _pointed(sent: QueryDict) -> QueryDict:
    """What was sent, with the place that was chosen from the list, or given up, as the point and address it stands for."""
    sent = sent.copy()
    if sent.get("chosen", "").count("|") == 2:
        sent["lon"], sent["lat"], sent["address"] = sent["chosen"].split("|")
    if sent.get("nowhere"):
        sent["lon"] = sent["lat"] = sent["address"] = ""
    return sent


def _idea(request: HttpRequest, activity: Activity, draft: Draft | None, steps: list[Step]) -> HttpResponse:
    process = activity.process
    address = reverse("ideas:similar", args=[process.slug])
    if request.method == "GET":
        form = WordsForm(process=process, similar_url=address, initial=draft.data if draft else {})
        return _shown(
            request, activity, Step.IDEA, steps, {"form": form, "draft": draft, "similar": [], "asked": False}
        )
    form = WordsForm(request.POST, process=process, similar_url=address)
    draft = _kept(request, activity, draft, Step.IDEA)
    if not form.is_valid():
        response = _shown(
            request,
            activity,
            Step.IDEA,
            steps,
            {"form": form, "draft": draft, "similar": [], "asked": False},
            wrong=True,
        )
        return _remembering(response, request, draft)
    data = form.cleaned_data
    near = [] if request.POST.get("seen") else queries.similar(data["title"], data["text"], process)
    if near:
        response = _shown(
            request, activity, Step.IDEA, steps, {"form": form, "draft": draft, "similar": near, "asked": True}
        )
        return _remembering(response, request, draft)
    return _onwards(request, draft, Step.IDEA, steps)


def _place(request: HttpRequest, activity: Activity, draft: Draft, steps: list[Step]) -> HttpResponse:
    settings = activity.ideation
    if request.method == "GET":
        form = PlaceForm(settings=settings, initial=draft.data)
        return _shown(request, activity, Step.PLACE, steps, {"form": form, "draft": draft, "found": [], "searched": ""})
    if request.POST.get("search"):
        form = PlaceForm(settings=settings, initial=request.POST.dict())
        found = showing.places_named(request.POST.get("address", ""))
        context = {"form": form, "draft": draft, "found": found, "searched": request.POST.get("address", "")}
        return _shown(request, activity, Step.PLACE, steps, context)
    sent = _pointed(request.POST)
    form = PlaceForm(sent, settings=settings)
    valid = form.is_valid()
    draft = actions.save_draft(
        activity=activity,
        data={name: sent.get(name, "") for name in ("lon", "lat", "address")},
        step=Step.PLACE,
        key=draft.key,
        by=request.user if isinstance(request.user, Person) else None,
        now=request.now,
    )
    draft.activity = activity
    if not valid:
        searched = sent.get("address", "")
        context = {"form": form, "draft": draft, "found": showing.places_named(searched), "searched": searched}
        return _shown(request, activity, Step.PLACE, steps, context, wrong=True)
    return _onwards(request, draft, Step.PLACE, steps)


def _files(request: HttpRequest, activity: Activity, draft: Draft, steps: list[Step]) -> HttpResponse:
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if form.is_bound:
        draft = _kept(request, activity, draft, Step.FILES)
        uploads.hold_claim(request.session, draft.key)
        if form.is_valid():
            for given in form.cleaned_data["given"]:
                try:
                    actions.attach(draft, given, source=_source(request), by=draft.person, now=request.now)
                except Spoken as refusal:
                    form.add_error("given", f"{given.name}: {refusal.message}")
        if not form.errors:
            if request.POST.get("add"):
                return HttpResponseRedirect(f"{_address(activity.process, Step.FILES)}#files")
            return _onwards(request, draft, Step.FILES, steps)
    context = {"form": form, "draft": draft, "attached": _attached(draft)}
    return _shown(request, activity, Step.FILES, steps, context, wrong=bool(form.errors))


def _attached(draft: Draft) -> list[tuple[Upload, AltForm | None]]:
    """What the draft holds, each picture with the form for its description."""
    return [
        (
            upload,
            AltForm(initial={"alt": upload.alt}, prefix=upload.pk.hex) if upload.kind == UploadKind.IMAGE else None,
        )
        for upload in uploaded.of(draft.key)
    ]


def _source(request: HttpRequest) -> str:
    """Where it came from, behind the operator's own proxy too."""
    return get_adapter().get_client_ip(request) or ""


@sent_from("ideas:step", "process", step="files")
def describe(request: HttpRequest, process: str, upload: UUID) -> HttpResponse:
    draft, found = _held(request, process, upload)
    form = AltForm(request.POST, prefix=found.pk.hex)
    if form.is_valid():
        uploads.describe(found, alt=form.cleaned_data["alt"], by=draft.person, claims=[draft.key])
        messages.success(request, _("The description is kept."))
    return HttpResponseRedirect(f"{_address(draft.activity.process, Step.FILES)}#files")


@sent_from("ideas:step", "process", step="files")
def remove(request: HttpRequest, process: str, upload: UUID) -> HttpResponse:
    draft, found = _held(request, process, upload)
    actions.detach(draft, found, by=draft.person)
    return HttpResponseRedirect(f"{_address(draft.activity.process, Step.FILES)}#files")


def _held(request: HttpRequest, process: str, upload: UUID) -> tuple[Draft, Upload]:
    draft = _draft(request, _call(request, process))
    if draft is None:
        raise NotFound
    return draft, get_object_or_404(uploaded.of(draft.key), pk=upload)


def _check(request: HttpRequest, activity: Activity, draft: Draft, steps: list[Step]) -> HttpResponse:
    data = draft.data
    words = WordsForm(data, process=activity.process)
    place = PlaceForm(data, settings=activity.ideation)
    for form, step in ((words, Step.IDEA), (place, Step.PLACE)):
        if step in steps and not form.is_valid():
            messages.warning(request, _("Something is missing here."))
            return HttpResponseRedirect(_address(activity.process, step))
    guess = data.get("language") or detect(f"{data['title']}\n{data['text']}", otherwise=current())
    send = SendForm(request.POST if request.method == "POST" else None, initial={"language": guess})
    attached = list(uploaded.of(draft.key))
    if request.method == "POST" and send.is_valid():
        person = request.user
        made = actions.submit_idea(
            activity=activity,
            title=words.cleaned_data["title"],
            text=words.cleaned_data["text"],
            language=send.cleaned_data["language"],
            theme=words.cleaned_data.get("theme"),
            place=_chosen(place) if Step.PLACE in steps else None,
            uploaded=attached,
            draft=draft,
            by=person,  # type: ignore[arg-type] - a visitor is refused by the rule
            now=request.now,
        )
        if made.state == IdeaState.PUBLISHED:
            messages.success(request, _("Your idea is online. Thank you!"))
        else:
            messages.success(request, _("Your idea has arrived. You hear from us as soon as somebody has read it."))
        response = HttpResponseRedirect(made.get_absolute_url())
        response.delete_cookie(_cookie(activity), samesite="Lax")
        return response
    context = {
        "form": send,
        "draft": draft,
        "words": words.cleaned_data,
        "language": guess if guess in LANGUAGES else current(),
        "theme": words.cleaned_data.get("theme"),
        "place": _chosen(place) if Step.PLACE in steps else None,
        "attached": attached,
        "answer": may_propose(request.user, activity, request.now),
        "steps": {step.value: _address(activity.process, step) for step in steps},
    }
    return _shown(request, activity, Step.CHECK, steps, context, wrong=send.is_bound)


def _chosen(form: PlaceForm) -> Place | None:
    data = form.cleaned_data
    if data.get("lat") is None or data.get("lon") is None:
        return None
    return Place(lon=data["lon"], lat=data["lat"], address=data.get("address", ""))


@sent_from("ideas:new", "process")
def autosave(request: HttpRequest, process: str) -> HttpResponse:
    """Keep what is being typed. Nothing is judged; a call that is closed keeps nothing."""
    activity = _call(request, process)
    if not showing.offered(may_propose(request.user, activity, request.now)):
        return JsonResponse({"saved": False}, status=403)
    at = request.POST.get("step", "")
    step = Step(at) if at in Step.values else Step.IDEA
    draft = _kept(request, activity, _draft(request, activity), step)
    return _remembering(JsonResponse({"saved": True}), request, draft)


@require_safe
def similar(request: HttpRequest, process: str) -> HttpResponse:
    """What others proposed already, for what is being typed."""
    found = process_at(request, process)
    near = queries.similar(request.GET.get("title", ""), request.GET.get("text", ""), found)
    return render(
        request, "participation/ideas/write/similar.html", {"similar": near, "process": found, "asked": False}
    )


@sent_from("ideas:new", "process")
def discard(request: HttpRequest, process: str) -> HttpResponse:
    """Throw the draft away."""
    activity = _call(request, process)
    draft = _draft(request, activity)
    if draft:
        actions.forget_draft(draft)
        messages.success(request, _("Your draft is thrown away."))
    response = HttpResponseRedirect(reverse("ideas:list", args=[activity.process.slug]))
    response.delete_cookie(_cookie(activity), samesite="Lax")
    return response
