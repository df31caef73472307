"""Documents and news of a project."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser

from zenne.core.languages import LANGUAGES, language_name, shown
from zenne.people.accounts.models import Person
from zenne.people.organisations.staff import offer
from zenne.web.tags.words import day

from ... import actions
from ...models import Attachment, Post, Project
from ..forms import ONE_LINE, RowForm
from .base import Line, Section, Who


class AttachmentForm(RowForm):
    model = Attachment
    plain = ("position",)
    texts = {"title": ONE_LINE}

    def __init__(self, data: Any = None, *, row: Attachment | None = None, **more: Any) -> None:
        super().__init__(data, row=row, **more)
        offered = Q(collection=self.organisation.collection_id, collection__isnull=False)
        if row is not None:
            offered |= Q(pk=row.file_id)
        files = get_document_model().objects.filter(offered)
        file = forms.ModelChoiceField(
            label=_("File"), queryset=files, widget=AdminDocumentChooser, initial=row.file_id if row else None
        )
        offer(file, files)
        spoken = forms.ChoiceField(
            label=_("Language of the file"),
            choices=[("", _("For all")), *((code, language_name(code)) for code in LANGUAGES)],
            required=False,
            initial=row.language if row else "",
        )
        self.fields = {"file": file, "language": spoken, **self.fields}

    def values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in ("file", "language")}
        return {**super().values(), **given}


class Attachments(Section):
    name = "attachments"
    label = gettext_lazy("Documents")
    one = gettext_lazy("Add a document")
    about = gettext_lazy("Files for everyone to read.")

    def rows(self, project: Project) -> QuerySet[Attachment]:
        return project.attachments.select_related("file").order_by("position", "pk")

    def line(self, row: Attachment, today: date) -> Line:
        small = [row.file.filename, language_name(row.language) if row.language else _("For all")]
        return Line(str(row), small, url=row.file.url)

    def form(self, data: Any, project: Project, row: Any, person: Person) -> AttachmentForm:
        return AttachmentForm(data, organisation=project.plan.organisation, row=row)

    def save(self, project: Project, row: Any, form: AttachmentForm, who: Who) -> object:
        return actions.attach(project, values=form.values(), which=row, **who)

    def drop(self, row: Attachment, who: Who) -> object:
        return actions.detach(row, **who)


class PostForm(RowForm):
    model = Post
    texts = {"title": ONE_LINE, "text": 6}
    owed = ("title",)


class Posts(Section):
    name = "posts"
    label = gettext_lazy("News")
    one = gettext_lazy("Publish news")
    about = gettext_lazy("Everyone reads it at once, and those who follow the project hear of it.")
    edits = False

    def rows(self, project: Project) -> QuerySet[Post]:
        return project.posts.select_related("author").order_by("-published_at", "-pk")

    def line(self, row: Post, today: date) -> Line:
        small = [day(row.published_at), str(row.author or "")]
        badge = (_("withdrawn"), "warn") if row.withdrawn_at else None
        return Line(shown(row, "title")[0], [each for each in small if each], badge, text=shown(row, "text")[0])

    def form(self, data: Any, project: Project, row: Any, person: Person) -> PostForm:
        return PostForm(data, organisation=project.plan.organisation)

    def save(self, project: Project, row: Any, form: PostForm, who: Who) -> object:
        return actions.publish_post(project, title=form.words("title"), text=form.words("text"), **who)

    def drop(self, row: Post, who: Who) -> object:
        return actions.withdraw_post(row, **who)
