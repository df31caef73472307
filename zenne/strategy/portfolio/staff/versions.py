"""What was kept of a plan and of each project: who changed what and when, two dates compared, and any past state as a file."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.clock import in_brussels
from zenne.core.numbers import whole_number
from zenne.people.organisations.staff import WagtailDayField

from .. import queries
from ..differing import compared, in_words, title_of
from ..models import Version
from ..past import TYPES, end_of, file_of
from ..versions import Data, differences
from .plans import latest
from .screens import OnePlan, OneProject, url

LATEST = 100


class BetweenForm(forms.Form):
    """Two days; each counts as it was at its end."""

    before = WagtailDayField(label=gettext_lazy("As it was on"))
    after = WagtailDayField(label=gettext_lazy("and on"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("before") and given.get("after") and given["before"] > given["after"]:
            self.add_error("after", _("The second day is not before the first."))
        return given


class VersionsView(OnePlan):
    """The plan: latest changes, two days compared, a day as a file (`?day=&form=`)."""

    template_name = "strategy/portfolio/staff/versions.html"
    page_title = gettext_lazy("Versions")
    page_name = "versions"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "file" in request.GET:
            return self._file(request.GET.get("day", ""), request.GET["file"])
        return self.page()

    def _file(self, said: str, form: str) -> HttpResponse:
        field = WagtailDayField(required=True)
        try:
            day = field.clean(said)
        except forms.ValidationError:
            return self.page(fault=_("Say of which day, as in 31/12/2025."), status=422)
        if form not in TYPES:
            raise Http404
        found = queries.state_at(self.plan, end_of(day))
        if found is None:
            return self.page(fault=_("The plan did not exist yet on that day."), status=422)
        return file_of(found, form, f"{self.plan.slug}-{day.isoformat()}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = {"before", "after"} & set(self.request.GET)
        form = BetweenForm(self.request.GET if asked else None)
        context = {
            "between": form,
            "changes": self._changes(form) if asked and form.is_valid() else None,
            "latest": latest(self.plan, LATEST),
            "day": in_brussels(self.request.now).date(),  # type: ignore[attr-defined]
            "files": list(TYPES),
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}

    def _changes(self, form: BetweenForm) -> dict[str, Any]:
        """What differs: the plan itself, then project by project; what came and what went."""
        before = queries.state_at(self.plan, end_of(form.cleaned_data["before"]))
        after = queries.state_at(self.plan, end_of(form.cleaned_data["after"]))
        found = compared(before, after)
        return {
            "missing": before is None,
            "plan": found.frame,
            "came": [_named(self.plan.pk, data) for data in found.came],
            "went": [_named(self.plan.pk, data) for data in found.went],
            "changed": [{**_named(self.plan.pk, data), "rows": rows} for data, rows in found.changed],
        }


def _named(plan: int, data: Data) -> dict[str, Any]:
    return {"number": data["number"], "title": title_of(data), "url": url("project", plan, data["number"])}


class HistoryView(OneProject):
    """One project: every version, two of them compared (`?before=&after=`), each as a file (`?file=`)."""

    template_name = "strategy/portfolio/staff/history.html"
    page_title = gettext_lazy("Versions")
    page_name = "changes"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "file" in request.GET:
            version = self._version("file")
            if version is None:
                raise Http404
            data = {"plan": self.plan.slug, "version": version.number, "digest": version.digest, **version.data}
            return file_of(data, "json", f"{self.project.slug}-{version.number}")
        return self.page()

    def _version(self, name: str) -> Version | None:
        return self.project.versions.filter(number=whole_number(self.request.GET.get(name), 9) or 0).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before, after = self._version("before"), self._version("after")
        if after is None:
            after = self.project.versions.order_by("-number").first()
        if before is None and after is not None:
            before = self.project.versions.filter(number__lt=after.number).order_by("-number").first()
        context = {
            "rows": latest(self.plan, LATEST, self.project),
            "before": before,
            "after": after,
            "changes": in_words(differences(before.data, after.data)) if before and after else [],
        }
        return {**super().get_context_data(**kwargs), **context}
