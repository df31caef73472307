"""What hangs on a project: a page per section with its rows and a form for one more, a page per row, a page per verb."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Conflict
from zenne.core.numbers import key_of
from zenne.people.organisations.staff import WithForm

from .screens import CarefulOfProject, OneProject, url
from .sections import SECTIONS, Section, Verb


class OneSection(OneProject):
    @cached_property
    def section(self) -> Section:
        if self.kwargs["section"] not in SECTIONS:
            raise Http404
        return SECTIONS[self.kwargs["section"]]

    @property
    def page_name(self) -> str:  # type: ignore[override]
        return self.section.name

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.section.label)

    @property
    def back(self) -> str:
        return url("rows", self.plan, self.project.number, self.section.name)

    @property
    def may(self) -> bool:
        """Whether this person may write the rows here: some are for managers only."""
        return self.carries and (self.manages or not self.section.managed)

    def row_at(self, key: int) -> Any:
        found = self.section.rows(self.project).filter(pk=key).first()
        if found is None:
            raise Http404
        found.project = self.project
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"section": self.section, "may": self.may, "back": self.back, **kwargs})

    def rows(self) -> dict[str, Any]:
        """What the page of all rows shows of them."""
        return {
            "lines": [self._line(row) for row in self.section.rows(self.project)],
            "summary": self.section.summary(self.project),
        }

    def _line(self, row: Any) -> dict[str, Any]:
        row.project = self.project
        here = [self.project.number, self.section.name, row.pk]
        return {
            "line": self.section.line(row, self.today),
            "key": row.pk,
            "edit": url("row", self.plan, *here) if self.section.edits else "",
            "verbs": [
                (verb.label, url("verb", self.plan, *here, name))
                for name, verb in self.section.verbs.items()
                if verb.fits(row)
            ],
        }


class RowsView(WithForm, OneSection):
    """The rows of a section, and a form for one more."""

    template_name = "strategy/portfolio/staff/rows.html"
    done = gettext_lazy("Saved.")

    def form(self, data: Any = None) -> Any:
        return self.section.form(data, self.project, None, self.person)

    def save(self, form: Any) -> str:
        self.section.save(self.project, None, form, self.who)
        return self.back

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        said = request.POST.get("drop", "")
        if not said:
            return super().post(request, *args, **kwargs)
        if not self.section.drops:
            raise Http404
        row = self.row_at(key_of(said))
        self.tried(lambda **who: self.section.drop(row, who), done=_("Done."))
        return redirect(self.back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**self.rows(), **kwargs})


class RowView(CarefulOfProject, OneSection):
    """One row, written again."""

    template_name = "strategy/portfolio/staff/form.html"
    done = gettext_lazy("Saved.")
    held = ("project", "row")

    @cached_property
    def row(self) -> Any:
        if not self.section.edits:
            raise Http404
        return self.row_at(self.kwargs["row"])

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (self.back, str(self.section.label))]

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return self.section.line(self.row, self.today).title if "row" in self.__dict__ else str(self.section.label)

    def form(self, data: Any = None) -> Any:
        return self.section.form(data, self.project, self.row, self.person)

    def save(self, form: Any) -> str:
        self.section.save(self.project, self.row, form, self.who)
        return self.back

    def gone(self) -> dict[str, Any]:
        """Somebody took the row away, or it went along with another project: what was typed stands in the form for a new one."""
        self.template_name = "strategy/portfolio/staff/rows.html"
        form = self.section.form(self.request.POST, self.project, None, self.person)
        said = _(
            "Somebody took this away while you were writing. What you wrote stands here: add it anew if it is still right."
        )
        form.add_error(None, said)
        return {"form": form, **self.rows()}


class VerbView(CarefulOfProject, OneSection):
    """One thing done with one row."""

    template_name = "strategy/portfolio/staff/form.html"
    done = gettext_lazy("Saved.")
    held = ("project", "row", "verb")

    @cached_property
    def row(self) -> Any:
        return self.row_at(self.kwargs["row"])

    @cached_property
    def verb(self) -> Verb:
        found = self.section.verbs.get(self.kwargs["verb"])
        if found is None or (self.request.method != "POST" and not found.fits(self.row)):
            raise Http404
        return found

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.verb.label)

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (self.back, str(self.section.label))]

    def form(self, data: Any = None) -> Any:
        return self.verb.form(data, self.row)

    def save(self, form: Any) -> str:
        if not self.verb.fits(self.row):
            raise Conflict(_("Somebody else did this while you were writing."))
        self.verb.do(self.row, form, self.who)
        return self.back

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.section.line(self.row, self.today)
        before = [line.title, *line.small, *([line.text] if line.text else [])]
        return super().get_context_data(**{"before": before, "button": self.verb.label, **kwargs})
