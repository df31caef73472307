"""The words of a sheet, and two editors at once: the second keeps what they typed, sees what the first one changed, and saves again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken
from zenne.core.languages import attribute
from zenne.people.organisations.staff.meanwhile import put, typed

from .. import actions
from ..differing import in_words
from ..errors import Overtaken
from ..versions import Difference
from .project_forms import SheetForm
from .screens import ProjectPage


class SheetView(ProjectPage):
    template_name = "strategy/portfolio/staff/sheet.html"
    page_title = gettext_lazy("Sheet")
    page_name = "sheet"

    def form(self, data: Any = None) -> SheetForm:
        return SheetForm(data, plan=self.plan, row=self.project)

    def save(self, form: SheetForm) -> str:
        links = actions.Links(objectives=form.cleaned_data["objectives"])
        version = form.cleaned_data["version"] or 0
        actions.edit_project(self.project, values=form.values(), links=links, version=version, **self.who)
        return self.here

    def refused(self, form: SheetForm, refusal: Spoken) -> HttpResponse:
        if isinstance(refusal, Overtaken):
            return self._overtaken(form, refusal)
        return super().refused(form, refusal)

    def _overtaken(self, form: SheetForm, overtaken: Overtaken) -> HttpResponse:
        """What was typed stays in the boxes, but for what this editor left as they had read it: there stands what the other one wrote. The next time it is
        saved over the version that is shown beside it."""
        data = form.data.copy()
        data["version"] = str(overtaken.version)
        fresh = self.form()
        for name in untouched(form, overtaken.differences):
            put(data, name, typed(fresh, name))
        form.data = data
        changes = in_words(overtaken.differences)
        return self.page(form=form, overtaken=overtaken, changes=changes, status=409)


def untouched(form: SheetForm, differences: Sequence[Difference]) -> list[str]:
    """The fields in which this editor still has what they had read, while somebody else wrote something there."""
    found = []
    for each in differences:
        name = attribute(each.field, each.language) if each.language else each.field
        if name in form.fields and plainly(form.cleaned_data.get(name)) == plainly(each.before):
            found.append(name)
    return found


def plainly(value: Any) -> Any:
    """A value of the form as a version keeps it: days by ISO 8601, rows by their address."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Model):
        return getattr(value, "slug", value.pk)
    if isinstance(value, str):
        return value.strip().replace("\r\n", "\n")
    if isinstance(value, (QuerySet, list)):
        return sorted(plainly(each) for each in value)
    return value or None
