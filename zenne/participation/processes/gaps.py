"""What a process still lacks before its organisation may publish it: a list of gaps, each with its thing, field and language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import missing, text_in

from .models import Activity, Document, Folder, FrequentQuestion, News, Phase, Process, TeamMember, Theme

#: Fields without which the thing says nothing: needed in every promised language.
NEEDED: dict[type[Model], tuple[str, ...]] = {
    Folder: ("title",),
    Process: ("title", "summary"),
    Phase: ("title",),
    Activity: ("title",),
    Theme: ("title",),
    News: ("title", "body"),
    FrequentQuestion: ("question", "answer"),
    Document: ("title",),
    TeamMember: (),
}

#: Fields that may stay empty, but not in one language only.
ALL_OR_NONE: dict[type[Model], tuple[str, ...]] = {
    Folder: ("summary",),
    Process: ("contact_text",),
    Phase: ("summary",),
    Activity: ("intro",),
    Theme: ("description",),
    TeamMember: ("task",),
}

LANGUAGE_NAMES: dict[str, str | Promise] = {
    "fr": gettext_lazy("in French"),
    "nl": gettext_lazy("in Dutch"),
    "en": gettext_lazy("in English"),
}

DESCRIPTION = "description"
PHASES = "phases"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing. `language` is empty when it isn't a matter of language."""

    thing: Model
    field: str
    language: str = ""

    @property
    def about(self) -> str:
        """What it is missing from: "Phase “Jury”"."""
        kind = capfirst(str(self.thing._meta.verbose_name))
        return _("%(kind)s “%(title)s”") % {"kind": kind, "title": self.thing}

    @property
    def what(self) -> str:
        if self.field == DESCRIPTION:
            return _("description")
        if self.field == PHASES:
            return _("at least one phase")
        return str(self.thing._meta.get_field(self.field).verbose_name).lower()  # type: ignore[union-attr]

    def __str__(self) -> str:
        words = {"thing": self.about, "field": self.what, "language": LANGUAGE_NAMES.get(self.language, self.language)}
        return (_("%(thing)s: %(field)s %(language)s") if self.language else _("%(thing)s: %(field)s")) % words


def gaps_in(thing: Model, languages: Iterable[str]) -> list[Gap]:
    """What one thing lacks in the promised languages. A document in one language owes only that one."""
    promised = list(languages)
    if isinstance(thing, Document) and thing.language:
        promised = [thing.language]
    optional = [
        field for field in ALL_OR_NONE.get(type(thing), ()) if any(text_in(thing, field, code) for code in promised)
    ]
    fields = (*NEEDED[type(thing)], *optional)
    return [Gap(thing, field, language) for field, language in missing(thing, fields, promised)]


def gaps_of(process: Process) -> list[Gap]:
    """Everything that keeps a process from being published, in the order of its page."""
    languages = process.organisation.languages
    found = gaps_in(process, languages)
    written = {description.language for description in process.descriptions.all() if description.body}
    found += [Gap(process, DESCRIPTION, language) for language in languages if language not in written]
    if not process.phases.all():
        found.append(Gap(process, PHASES))
    for thing in _parts(process):
        found += gaps_in(thing, languages)
    return found


def _parts(process: Process) -> Iterator[Model]:
    for phase in process.phases.prefetch_related("activities"):
        yield phase
        yield from phase.activities.all()
    yield from process.themes.all()
    yield from process.news.filter(published_at__isnull=False, withdrawn_at__isnull=True)
    yield from process.questions.all()
    yield from process.documents.select_related("file")
    yield from process.team.all()
