import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager
from wagtail.fields import StreamField

from zenne.people.access.enums import Level, Question
from zenne.people.access.models import Group
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.places.areas.models import Area

from .blocks import BLOCKS
from .enums import Action, ProcessState, WindowState


def window_state(opens_at: datetime, closes_at: datetime | None, now: datetime) -> WindowState:
    """Where a half-open window [opens_at, closes_at) stands at `now`; no end means it stays open."""
    if now < opens_at:
        return WindowState.UPCOMING
    if closes_at is not None and now >= closes_at:
        return WindowState.CLOSED
    return WindowState.OPEN


class Folder(models.Model):
    """Processes that belong together: a programme, a year of budgets."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="folders")
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    i18n = TranslationField(fields=("title", "summary"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("folder")
        verbose_name_plural = _("folders")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title_i18n or self.slug


class Process(models.Model):
    """What a city runs with its people, from a call to an answer: phases on a timeline, activities in phases.

    `slug` is the address for life: it can be chosen until the first publication and never after. `preview_key` opens a draft to whoever
    holds the link.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="processes", verbose_name=_("organisation"))
    folder = models.ForeignKey(Folder, null=True, blank=True, on_delete=models.SET_NULL, related_name="processes", verbose_name=_("folder"))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    cover = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("cover picture"))
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    state = models.CharField(_("state"), max_length=10, choices=ProcessState, default=ProcessState.DRAFT)
    preview_key = models.UUIDField(default=uuid.uuid4, editable=False)
    contact_name = models.CharField(_("contact person or service"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("created"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    i18n = TranslationField(fields=("title", "summary"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ProcessState.DRAFT) | Q(published_at__isnull=False), name="process_public_since_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProcessState.ARCHIVED) | Q(archived_at__isnull=False), name="process_archived_at_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.title_i18n or self.slug

    def get_absolute_url(self) -> str:
        return reverse("processes:page", args=[self.slug])


class Description(models.Model):
    """What a process is about, at length, in one language."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="descriptions")
    language = models.CharField(_("language"), max_length=5)
    body = StreamField(BLOCKS, verbose_name=_("text"), blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["process", "language"], name="description_once_per_language")]

    def __str__(self) -> str:
        return f"{self.process} ({self.language})"


class Phase(models.Model):
    """A stretch of the timeline. Its window is half-open: [opens_at, closes_at)."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=80, blank=True)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    i18n = TranslationField(fields=("title", "summary"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["process_id", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")), name="phase_ends_after_it_begins"),
            models.UniqueConstraint(fields=["process", "position"], name="phase_position_once", deferrable=models.Deferrable.DEFERRED),
        ]

    def __str__(self) -> str:
        return self.title_i18n or f"{_('Phase')} {self.position}"

    def state(self, now: datetime) -> WindowState:
        return window_state(self.opens_at, self.closes_at, now)


class Activity(models.Model):
    """Something people can do in a phase; its `kind` is an app that registered itself (`kinds.py`).

    Without a window of its own it has its phase's. `frozen_at` and `frozen_digest` are set when it first opens: from then on every change of
    its rule is a Change with a reason.
    """

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(_("kind"), max_length=20)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("title"), max_length=80, blank=True)
    intro = models.TextField(_("introduction"), max_length=1000, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    frozen_at = models.DateTimeField(_("rule frozen"), null=True, blank=True)
    frozen_digest = models.CharField(max_length=64, blank=True)
    i18n = TranslationField(fields=("title", "intro"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["phase_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="activity_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title_i18n or self.kind

    @property
    def process(self) -> Process:
        return self.phase.process

    def window(self) -> tuple[datetime, datetime | None]:
        return self.opens_at or self.phase.opens_at, self.closes_at or self.phase.closes_at

    def state(self, now: datetime) -> WindowState:
        return window_state(*self.window(), now)


class Permission(models.Model):
    """Who may do one action in one activity. Without a row, the kind's own default holds."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="permissions")
    action = models.CharField(_("action"), max_length=20, choices=Action)
    level = models.CharField(_("who"), max_length=20, choices=Level, default=Level.CONFIRMED)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("group"))
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("lives in"))
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)
    questions = ArrayField(
        models.CharField(max_length=20, choices=Question), default=list, blank=True, verbose_name=_("answers needed first")
    )

    class Meta:
        verbose_name = _("permission")
        verbose_name_plural = _("permissions")
        ordering = ["activity_id", "action"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "action"], name="permission_once_per_action"),
            models.CheckConstraint(condition=~Q(level=Level.GROUP) | Q(group__isnull=False), name="permission_group_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.get_level_display()}"


class Theme(models.Model):
    """What ideas of a process are about; drawn with an icon, a tile motif and one of ten category hues."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="themes")
    slug = models.SlugField(_("address"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("title"), max_length=60, blank=True)
    icon = models.CharField(_("icon"), max_length=40, default="bulb")
    motif = models.CharField(_("tile"), max_length=20, default="petals")
    hue = models.PositiveSmallIntegerField(_("colour"), default=1)
    i18n = TranslationField(fields=("title",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["process_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "slug"], name="theme_slug_once"),
            models.CheckConstraint(condition=Q(hue__range=(1, 10)), name="theme_hue_exists"),
        ]

    def __str__(self) -> str:
        return self.title_i18n or self.slug


class News(models.Model):
    """A dated message on a process. Published from `published_at` on; null is a draft."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="news")
    title = models.CharField(_("title"), max_length=120, blank=True)
    body = models.TextField(_("text"), blank=True)
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    i18n = TranslationField(fields=("title", "body"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("news post")
        verbose_name_plural = _("news")
        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        return self.title_i18n or f"{_('News')} {self.pk}"


class FrequentQuestion(models.Model):
    """A question people ask, and the answer."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    question = models.CharField(_("question"), max_length=200, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    i18n = TranslationField(fields=("question", "answer"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("frequent question")
        verbose_name_plural = _("frequent questions")
        ordering = ["process_id", "position", "id"]

    def __str__(self) -> str:
        return self.question_i18n or f"{_('Question')} {self.position}"


class Document(models.Model):
    """A file offered on a process page, in one language or for all (`language` empty)."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="documents")
    file = models.ForeignKey("wagtaildocs.Document", on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    title = models.CharField(_("title"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    i18n = TranslationField(fields=("title",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["process_id", "position", "id"]

    def __str__(self) -> str:
        return self.title_i18n or str(self.file)


class TeamMember(models.Model):
    """Somebody residents may know works on a process."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="team")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    name = models.CharField(_("name"), max_length=80)
    task = models.CharField(_("task"), max_length=120, blank=True)
    i18n = TranslationField(fields=("task",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team")
        ordering = ["process_id", "position", "id"]

    def __str__(self) -> str:
        return self.name


class Follow(models.Model):
    """Somebody who wants to hear of a process."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    since = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["process", "person"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.person} → {self.process}"


class Change(models.Model):
    """An entry of the public changelog: what rule or date changed after it was public, from what to what, why and when."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="changes")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes")
    subject = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.changed_at:%Y-%m-%d} {self.subject}"
