"""One idea at its desk: everything known of it, and what can be done with it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.errors import Spoken
from zenne.core.languages import LANGUAGES, language_name, text_in
from zenne.core.numbers import key_of
from zenne.people.organisations.staff import Screen
from zenne.people.uploads.enums import UploadKind

from .. import actions, queries, showing
from ..enums import LISTED, OPEN_TO_MERGE, IdeaState
from ..models import Idea, Merge
from ..queries.staff import Wanted, manageable, tags_of, wanted
from ..rules import may_moderate
from .forms import AnswerForm, MergeForm, PlainForm, ReasonForm, VerbForm
from .listing import earlier_words, reasons_for
from .screens import idea_url, list_url, mine
from .verbs import VERBS


def in_languages(thing: Any, field: str) -> list[tuple[str, str]]:
    """The languages in which a field says something, with its words."""
    return [(language, text) for language in LANGUAGES if (text := text_in(thing, field, language))]


class OneIdea(Screen):
    """A page about one idea of the person's organisations."""

    @cached_property
    def idea(self) -> Idea:
        found = manageable(self.person).select_related("district", "merged_into")
        return get_object_or_404(
            found.defer("search", "commune__outline", "district__outline", "merged_into__search"), pk=self.kwargs["pk"]
        )

    def get_page_subtitle(self) -> str:
        return self.idea.title

    def refuse(self, refusal: Spoken) -> str:
        return str(refusal.message or refusal.headline)


class IdeaView(OneIdea):
    template_name = "participation/ideas/staff/idea.html"
    page_title = gettext_lazy("Idea")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": showing.excerpt(self.idea.title, 60)}]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get("verb", "")
        if key in self.ENDS:
            return self._merge(request, key)
        verb = VERBS.get(key)
        if verb is None or not verb.one:
            return redirect(idea_url(self.idea.pk))
        if "use" in request.POST:
            words = {**earlier_words(request, [self.idea]), "to": request.POST.get("status-to", "")}
            return self._page({key: self._form(key, initial=words)}, open_at=key)
        form = self._form(key, request.POST)
        if not form.is_valid():
            return self._page({key: form}, open_at=key, status=422)
        if "preview" in request.POST:
            return self._page({key: form}, open_at=key, preview=form)
        if "back" in request.POST:
            return self._page({key: form}, open_at=key)
        try:
            verb.do(self.idea, form, **self.who)
        except Spoken as refusal:
            form.add_error(None, self.refuse(refusal))
            return self._page({key: form}, open_at=key, status=422)
        messages.success(request, verb.said)
        return redirect(idea_url(self.idea.pk))

    ENDS = {"complete": PlainForm, "undo": ReasonForm}

    def _merge(self, request: Any, key: str) -> HttpResponse:
        """Complete a merge that was agreed to, or take one apart."""
        merges = Merge.objects.filter(source__process__organisation=self.idea.process.organisation_id)
        merge = mine(merges, request.POST.get("merge", ""))
        form = self.ENDS[key](request.POST, ideas=[self.idea], person=self.person, prefix=f"{key}-{merge.pk}")
        if form.is_valid():
            try:
                if key == "complete":
                    actions.complete_merge(merge, **self.who)
                    messages.success(request, _("The two ideas are one; each supporter counts once."))
                else:
                    actions.undo_merge(merge, reason=form.words("reason"), **self.who)
                    messages.success(request, _("The two ideas stand on their own again."))
            except Spoken as refusal:
                form.add_error(None, self.refuse(refusal))
            else:
                return redirect(idea_url(self.idea.pk))
        return self._page({form.prefix: form}, open_at="merge", status=422)

    def _form(self, key: str, data: Any = None, **more: Any) -> VerbForm:
        return VERBS[key].form(data, ideas=[self.idea], person=self.person, prefix=key, **more)

    def _page(self, forms: dict[str, Any], *, open_at: str, preview: Any = None, status: int = 200) -> HttpResponse:
        context = self.get_context_data(forms=forms, open_at=open_at, preview=preview)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        idea, given = self.idea, kwargs.pop("forms", {})
        open_at, preview = kwargs.pop("open_at", ""), kwargs.pop("preview", None)
        attached = [one.upload for one in idea.attachments.select_related("upload").order_by("position", "id")]
        return {
            **super().get_context_data(**kwargs),
            "idea": idea,
            "status": showing.status(idea),
            "clock": showing.clock(idea, self.request.now) if idea.state in LISTED else None,  # type: ignore[attr-defined]
            "channel": idea.get_channel_display(),
            "language": language_name(idea.language),
            "photos": [upload for upload in attached if upload.kind == UploadKind.IMAGE],
            "files": [upload for upload in attached if upload.kind == UploadKind.FILE],
            "pins": [{"lat": idea.lat, "lon": idea.lon, "title": idea.address or idea.title}] if idea.lat else [],
            "versions": idea.versions.count(),
            "steps": self._steps(),
            "answers": [
                (one, in_languages(one, "body")) for one in idea.answers.select_related("author").order_by("-number")
            ],
            "notes": idea.notes.select_related("author").order_by("written_at", "id"),
            "tags": idea.tags.order_by("name", "id"),
            "known_tags": tags_of([idea.process.organisation_id])[:200],
            "merges": self._merges(given),
            "may_merge": idea.state in OPEN_TO_MERGE and bool(may_moderate(self.person, idea.process.organisation)),
            "waits": idea.state == IdeaState.SUBMITTED,
            "verbs": self._verbs(given, open_at),
            "reasons": reasons_for([idea]),
            "preview": self._preview(preview),
            "history_url": reverse("idea:history", args=[idea.pk]),
        }

    def _steps(self) -> list[dict[str, Any]]:
        changes = self.idea.changes.select_related("changed_by").order_by("changed_at", "id")
        return [
            {
                "state": IdeaState(change.after).label if change.before else _("Sent"),
                "change": change,
                "reasons": in_languages(change, "reason"),
            }
            for change in changes
        ]

    def _verbs(self, given: dict[str, Any], open_at: str) -> list[dict[str, Any]]:
        shown = []
        for key, verb in VERBS.items():
            if verb.one and (key in given or verb.may(self.person, self.idea)):
                is_open = key == open_at or (not open_at and key == "status" and self.idea.state == IdeaState.SUBMITTED)
                shown.append({"key": key, "verb": verb, "form": given.get(key) or self._form(key), "open": is_open})
        return shown

    def _preview(self, form: AnswerForm | None) -> dict[str, Any] | None:
        if form is None:
            return None
        return {"texts": list(form.words("body").items()), "missing": form.missing}

    def _merges(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        """Every merge this idea is or was part of, with the buttons it still offers."""
        idea = self.idea
        rows = (idea.merges_out.all() | idea.merges_in.all()).select_related("source", "target", "proposed_by")
        moderates = bool(may_moderate(self.person, idea.process.organisation))
        shown = []
        for merge in rows.defer("source__search", "target__search").order_by("-proposed_at", "-id"):
            consents = list(merge.consents.select_related("person").order_by("id"))
            stands = not (merge.declined_at or merge.undone_at)
            ready = stands and not merge.completed_at and all(consent.agreed for consent in consents)
            undoable = stands and bool(merge.completed_at)
            undo = given.get(f"undo-{merge.pk}") or ReasonForm(
                ideas=[idea], person=self.person, prefix=f"undo-{merge.pk}"
            )
            shown.append(
                {
                    "merge": merge,
                    "other": merge.target if merge.source_id == idea.pk else merge.source,
                    "joins": merge.source_id == idea.pk,
                    "consents": consents,
                    "complete": given.get(f"complete-{merge.pk}") or ready if moderates and ready else None,
                    "undo": undo if moderates and undoable else None,
                    "url": idea_url(merge.target_id if merge.source_id == idea.pk else merge.source_id),
                    "reasons": in_languages(merge, "reason"),
                }
            )
        return shown


class MergeView(OneIdea):
    """Ask the authors whether this idea may join another: those like it first, or a search."""

    template_name = "participation/ideas/staff/merge.html"
    page_title = gettext_lazy("Merge with another idea")

    def trail(self) -> list[tuple[str, str]]:
        return [(list_url(), _("Ideas")), (idea_url(self.idea.pk), showing.excerpt(self.idea.title, 40))]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = MergeForm(request.POST, ideas=[self.idea], person=self.person)
        if form.is_valid():
            given = {"source": self.idea, "target": form.cleaned_data["target"], "reason": form.words("reason")}
            try:
                merge = actions.propose_merge(**given, **self.who)
            except Spoken as refusal:
                form.add_error(None, self.refuse(refusal))
            else:
                asked = merge.consents.exists()
                words = _("The authors are asked.") if asked else _("Nobody has to be asked: you can complete it now.")
                messages.success(request, words)
                return redirect(idea_url(self.idea.pk))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        idea, words = self.idea, self.request.GET.get("q", "").strip()
        if words:
            asked = Wanted(q=words[:200], process=str(idea.process_id))
            now = self.request.now  # type: ignore[attr-defined]
            found = wanted(manageable(self.person), asked, person=self.person, now=now).exclude(pk=idea.pk)
            others = list(found.filter(state__in=OPEN_TO_MERGE)[:20])
        else:
            alike = queries.similar(
                idea.title, idea.text, idea.process, language=idea.language, most=10, besides=idea.pk
            )
            others = [one for one in alike if one.state in OPEN_TO_MERGE]
        for one in others:
            one.process = idea.process
        form = kwargs.get("form") or MergeForm(ideas=[idea], person=self.person)
        context = {
            "idea": idea,
            "others": [(one, showing.status(one), showing.excerpt(one.text)) for one in others],
            "q": words,
            "form": form,
            "chosen": key_of(self.request.POST.get("target")),
            "offered": idea.state in OPEN_TO_MERGE,
            "back": idea_url(idea.pk),
        }
        return {**super().get_context_data(**kwargs), **context}
