"""What a process says of itself: themes, questions, documents, team and news."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from zenne.people.accounts.models import Person
from zenne.people.organisations.staff import OrganisationPolicy, filled, translated_panels

from ... import actions
from ...actions import content, news
from ...models import Document, FrequentQuestion, News, TeamMember, Theme
from ..forms import ThemeForm
from .parts import EDITORS, PartViewSet, hidden


class ContentViewSet(PartViewSet):
    """Themes, questions, documents and the team: the four verbs of `actions.content`."""

    def create(self, form: Any, *, by: Person, now: datetime) -> Any:
        given = filled(form, content.FIELDS[self.model])
        return actions.add_content(form.cleaned_data["process"], self.model, values=given, by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Any:
        return actions.edit_content(form.instance, values=filled(form, content.FIELDS[self.model]), by=by, now=now)

    def remove(self, thing: Any, *, by: Person, now: datetime) -> None:
        actions.delete_content(thing, by=by, now=now)


class ThemeViewSet(ContentViewSet):
    model = Theme
    policy = OrganisationPolicy("process__organisation", roles=EDITORS)
    name = "process_theme"
    icon = "tag"
    edit_handler = ObjectList(
        [
            hidden("process"),
            *translated_panels("title", "description"),
            MultiFieldPanel(
                [FieldPanel("icon"), FieldPanel("motif"), FieldPanel("hue")],
                heading=_("Look"),
                classname="zenne-pictures",
            ),
        ],
        base_form_class=ThemeForm,
    )


class QuestionViewSet(ContentViewSet):
    model = FrequentQuestion
    policy = OrganisationPolicy("process__organisation", roles=EDITORS)
    name = "process_question"
    icon = "help"
    edit_handler = ObjectList([hidden("process"), *translated_panels("question", "answer")])


class DocumentViewSet(ContentViewSet):
    model = Document
    policy = OrganisationPolicy("process__organisation", roles=EDITORS)
    name = "process_document"
    icon = "doc-full"
    edit_handler = ObjectList(
        [hidden("process"), FieldPanel("file"), FieldPanel("language"), *translated_panels("title")]
    )


class TeamViewSet(ContentViewSet):
    model = TeamMember
    policy = OrganisationPolicy("process__organisation", roles=EDITORS)
    name = "process_team"
    icon = "user"
    edit_handler = ObjectList([hidden("process"), FieldPanel("name"), *translated_panels("task")])


class NewsViewSet(PartViewSet):
    model = News
    policy = OrganisationPolicy("process__organisation", roles=EDITORS)
    name = "process_news"
    icon = "mail"
    edit_handler = ObjectList([hidden("process"), *translated_panels("title", "body")])

    def create(self, form: Any, *, by: Person, now: datetime) -> News:
        return actions.write_news(form.cleaned_data["process"], values=filled(form, news.FIELDS), by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> News:
        return actions.edit_news(form.instance, values=filled(form, news.FIELDS), by=by, now=now)

    def remove(self, thing: News, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.delete_news(thing, by=by, now=now)
