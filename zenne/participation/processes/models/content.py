from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from ..enums import Motif
from .process import Process


class Theme(models.Model):
    """What ideas of a process are about; drawn with an icon, a tile motif and one of ten category hues."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="themes")
    slug = models.SlugField(_("address"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("title"), max_length=60, blank=True)
    description = models.TextField(_("description"), max_length=300, blank=True)
    icon = models.CharField(_("icon"), max_length=40, default="bulb")
    motif = models.CharField(_("tile"), max_length=20, choices=Motif, default=Motif.LEAF)
    hue = models.PositiveSmallIntegerField(_("colour"), default=1)
    i18n = TranslationField(fields=("title", "description"))
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
        return self.question_i18n or _("Question") + f" {self.position}"


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
