"""A process as its staff made it: written as a draft, then published, extended and archived at their moments."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.utils.text import slugify
from wagtail.documents import get_document_model

from zenne.core.languages import LANGUAGES, attribute
from zenne.participation.ideas.models import Ideation
from zenne.participation.processes import actions
from zenne.participation.processes.enums import Action
from zenne.participation.processes.models import (
    Activity,
    Document,
    Folder,
    FrequentQuestion,
    Phase,
    Process,
    TeamMember,
    Theme,
)
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import OrganisationKind
from zenne.people.organisations.models import Organisation
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area

from . import records
from .blocks import body
from .people import Cast
from .timeline import Timeline


def texts(**fields: Mapping[str, str]) -> dict[str, object]:
    """Values by attribute: `texts(title={"fr": …})` gives `title_fr`. A language that says nothing is left out."""
    return {attribute(name, code): said[code] for name, said in fields.items() for code in LANGUAGES if said.get(code)}


class Staging:
    """One process on its way onto the platform: what was made for the content's keys, and the timeline of what follows."""

    def __init__(
        self,
        described: records.Process,
        *,
        owner: records.Organisation,
        organisations: Mapping[str, Organisation],
        cast: Cast,
        residents: Sequence[records.Resident],
        now: datetime,
    ) -> None:
        self.described = described
        self.organisations = organisations
        self.organisation = organisations[described.organisation]
        self.commune = owner.commune if owner.kind == OrganisationKind.COMMUNE else ""
        self.cast = cast
        self.residents = residents
        self.timeline = Timeline()
        self.phases: dict[str, Phase] = {}
        self.activities: dict[tuple[str, str], Activity] = {}
        self.themes: dict[str, Theme] = {}
        self.process = self._write()
        self._plan(until=now)

    def person(self, key: str) -> Person:
        return self.cast[key]

    # The draft

    def _write(self) -> Process:
        described, by, now = self.described, self.person(self.described.created_by), self.described.created_at
        area = Area.objects.filter(kind=AreaKind.COMMUNE, code=self.commune).first() if self.commune else None
        values = texts(title=described.title, summary=described.summary, contact_text=described.contact.text)
        values |= {"slug": described.slug, "area": area, "contact_email": described.contact.email}
        process = actions.create_process(organisation=self.organisation, values=values, by=by, now=now)
        for language in LANGUAGES:
            if written := body(described.description, language):
                actions.write_description(process, language=language, body=written, by=by, now=now)
        if described.folder:
            actions.move_to_folder(process, folder=self._folder(by, now), by=by, now=now)
        for theme in described.themes:
            words = texts(title=theme.title, description=theme.description)
            words |= {"slug": theme.key, "icon": theme.icon, "motif": theme.motif, "hue": theme.hue}
            self.themes[theme.key] = actions.add_content(process, Theme, values=words, by=by, now=now)
        for question in described.faq:
            words = texts(question=question.question, answer=question.answer)
            actions.add_content(process, FrequentQuestion, values=words, by=by, now=now)
        for member in described.team:
            words = {"name": self.person(member.person).name, **texts(task=member.role)}
            actions.add_content(process, TeamMember, values=words, by=by, now=now)
        for phase in described.phases:
            self._add_phase(process, phase, by, now)
        return process

    def _folder(self, by: Person, now: datetime) -> Folder:
        title = self.described.folder
        known = Folder.objects.filter(organisation=self.organisation, slug=slugify(title["fr"])).first()
        values = {"slug": slugify(title["fr"]), **texts(title=title)}
        return known or actions.create_folder(organisation=self.organisation, values=values, by=by, now=now)

    def _add_phase(self, process: Process, phase: records.Phase, by: Person, now: datetime) -> None:
        window = {"opens_at": phase.opens, "closes_at": self._first_closing(phase)}
        made = actions.add_phase(
            process, values={**texts(title=phase.title, summary=phase.summary), **window}, by=by, now=now
        )
        self.phases[phase.key] = made
        for activity in phase.activities:
            own = {"opens_at": activity.opens, "closes_at": self._first_closing(phase, activity)}
            own = {name: None if moment == window[name] else moment for name, moment in own.items()}
            words = texts(title=activity.title, intro=activity.text)
            new = actions.add_activity(made, kind=activity.kind, values={**words, **own}, by=by, now=now)
            self.activities[phase.key, activity.key] = new
            if activity.kind == "ideation":
                self._set_rules(new, by, now)

    def _first_closing(self, phase: records.Phase, activity: records.Activity | None = None) -> datetime | None:
        """When it was to close before anything was extended: the content gives the final days."""
        closes = activity.closes if activity else phase.closes
        for extension in self.described.extensions:
            touched = extension.phase == phase.key and extension.activity in ("", activity.key if activity else "")
            if touched and closes == extension.to:
                return extension.from_
        return closes

    def _set_rules(self, activity: Activity, by: Person, now: datetime) -> None:
        wanted = self.described.settings
        with actions.changing_settings(activity, by=by, now=now):
            rule = Ideation.objects.get(activity=activity)
            rule.moderation, rule.stance, rule.oppose, rule.place = (
                wanted.moderation,
                wanted.stance,
                wanted.oppose,
                wanted.place,
            )
            rule.max_photos, rule.max_files, rule.answer_days = wanted.photos, wanted.files, wanted.answer_days
            rule.full_clean()
            rule.save()
        access = {Action.PROPOSE: "propose", Action.COMMENT: "comment", Action.SUPPORT: "support"}
        values = {action: self._permission(getattr(self.described.access, name)) for action, name in access.items()}
        actions.set_permissions(activity, values=values, by=by, now=now)

    def _permission(self, access: records.Access) -> dict[str, object]:
        area = Area.objects.get(kind=AreaKind.COMMUNE, code=access.commune) if access.commune else None
        return {"level": access.level, "area": area, "minimum_age": access.minimum_age}

    # What follows

    def _plan(self, *, until: datetime) -> None:
        described, add = self.described, self.timeline.add
        for document in described.documents:
            add(document.at, partial(self._offer, document))
        if described.published_at is None:
            return
        add(described.published_at, self._publish)
        for (phase, key), activity in self.activities.items():
            opens = max(self._record_of(phase, key).opens, described.published_at)
            if opens <= until:
                add(opens, partial(self._open, activity))
        for extension in described.extensions:
            add(extension.at, partial(self._extend, extension))
        for post in described.news:
            add(post.at, partial(self._tell, post))
        if described.archived_at:
            by = self.person(described.archived_by)
            add(described.archived_at, lambda now: actions.archive_process(self.process, by=by, now=now))

    def _publish(self, now: datetime) -> None:
        self.process = actions.publish_process(self.process, by=self.person(self.described.published_by), now=now)

    def _record_of(self, phase: str, activity: str) -> records.Activity:
        found = next(each for each in self.described.phases if each.key == phase)
        return next(each for each in found.activities if each.key == activity)

    def _open(self, activity: Activity, now: datetime) -> None:
        """Rules freeze when their activity opens, as the clock would have done."""
        actions.ensure_frozen(Activity.objects.select_related("phase__process").get(pk=activity.pk), now=now)

    def _extend(self, extension: records.Extension, now: datetime) -> None:
        thing: Phase | Activity = self.phases[extension.phase]
        if extension.activity:
            thing = self.activities[extension.phase, extension.activity]
        by = self.person(extension.by)
        actions.extend_window(thing, closes_at=extension.to, reason=extension.reason, by=by, now=now)

    def _tell(self, post: records.News, now: datetime) -> None:
        by = self.person(post.by)
        news = actions.write_news(self.process, values=texts(title=post.title, body=post.text), by=by, now=now)
        actions.publish_news(news, by=by, now=now)

    def _offer(self, document: records.Document, now: datetime) -> None:
        """A small text file for each language, in the organisation's own collection."""
        by = self.person(document.by)
        for language in LANGUAGES:
            if not document.text.get(language):
                continue
            file = get_document_model()(
                title=document.title[language],
                collection=self.organisation.collection,
                uploaded_by_user=by,
                created_at=now,
            )
            words = f"{document.title[language]}\n\n{document.text[language].strip()}\n"
            file.file.save(f"{document.file}-{language}.txt", ContentFile(words.encode("utf-8-sig")), save=True)
            values = {"file": file, "language": language, **texts(title={language: document.title[language]})}
            actions.add_content(self.process, Document, values=values, by=by, now=now)
