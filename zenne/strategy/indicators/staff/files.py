"""A file of values: given, read, looked at as what would change, written."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Desk, blame
from zenne.places.areas.models import Area

from .. import actions, phrasing, wording
from ..enums import ImportState, MeasurementState
from ..models import Import
from ..reading import MOST_BYTES, MOST_SHOWN
from .forms import FileForm, ReasonForm
from .screens import words_of

WAIT = "3"  # seconds until a page that shows work under way looks again
AT_WORK = (ImportState.READING, ImportState.WRITING)


def file_url(file: Import) -> str:
    return reverse("measurement_file:page", args=[file.pk])


class GiveView(Desk):
    """Give a file."""

    any_permission_required = ["add"]
    template_name = "strategy/indicators/staff/give.html"
    page_title = gettext_lazy("Values from a file")
    header_icon = "upload"

    @cached_property
    def organisations(self) -> list[Organisation]:
        return list(organisations_of(self.person, Role.MANAGER, Role.EDITOR))

    def _form(self, *given: Any) -> FileForm:
        """What enters as published is for those who may publish."""
        publishes = bool(organisations_of(self.person, Role.MANAGER))
        return FileForm(*given, organisations=self.organisations, publishes=publishes)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(form=self._form())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form=form, status=422)
        given = form.cleaned_data
        try:
            made = actions.read_file(
                given["organisation"],
                name=given["file"].name,
                content=given["file"].read(MOST_BYTES + 1),
                enters_as=MeasurementState(given.get("enters_as", MeasurementState.PROVISIONAL)),
                **self.who,
            )
        except Spoken as refusal:
            form.add_error("file", words_of(refusal))
            return self.page(form=form, status=refusal.status)
        return redirect(file_url(made))


class FileView(Desk):
    """One file: how far it is, what would change, what did."""

    template_name = "strategy/indicators/staff/file.html"
    page_title = gettext_lazy("File of values")
    header_icon = "upload"

    @cached_property
    def file(self) -> Import:
        return get_object_or_404(Import.objects.select_related("organisation", "made_by"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.file.name

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.page()
        if self.file.state in AT_WORK:
            answer["Refresh"] = WAIT
        return answer

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        verb, here = request.POST.get("verb", ""), redirect(file_url(self.file))
        if verb == "discard":
            self.tried(actions.discard_file, self.file, done=_("The file is put away."))
        if verb != "write":
            return here
        form = ReasonForm(request.POST, organisation=self.file.organisation, prefix="write")
        if not form.is_valid():
            return self.page(form=form, status=422)
        try:
            actions.write_file(self.file, because=form.words("because"), **self.who)
        except Spoken as refusal:
            blame(form, refusal)
            return self.page(form=form, status=refusal.status)
        return here

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        file = self.file
        preview = file.preview or {}
        totals = file.outcome if file.state == ImportState.WRITTEN else preview.get("totals", {})
        context = {
            "file": file,
            "at_work": file.state in AT_WORK,
            "totals": [(label, totals.get(key, 0)) for key, label in wording.changes().items()],
            "preview": preview,
            "examples": _examples(preview.get("examples", [])),
            "revises": bool(preview.get("totals", {}).get("revised")),
            "changes": any(preview.get("totals", {}).get(key) for key in ("new", "changed", "revised")),
            "faults": [{**each, "words": wording.row_fault(each)} for each in file.faults],
            "most": MOST_SHOWN,
            "form": kwargs.pop("form", None) or ReasonForm(organisation=file.organisation, prefix="write"),
        }
        return {**super().get_context_data(**kwargs), **context}


def _examples(kept: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The first changes, in words, each with its area: a file of many districts has the same indicator and period in every row."""
    areas = Area.objects.defer("outline").in_bulk({each["area"] for each in kept if each["area"]})
    return [_example(each) | {"area": areas.get(each["area"], "")} for each in kept]


def _example(kept: Mapping[str, Any]) -> dict[str, Any]:
    """One of the first changes, in words."""
    values = {name: "–" if kept[name] is None else phrasing.plain(Decimal(kept[name])) for name in ("before", "after")}
    return {**kept, **values, "words": wording.changes()[kept["kind"]]}
