import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager
from wagtail.fields import StreamField

from zenne.people.organisations.models import Organisation
from zenne.places.areas.models import Area

from ..blocks import BLOCKS
from ..enums import ProcessState
from .folder import Folder


class Process(models.Model):
    """What a city runs with its people, from a call to an answer: phases on a timeline, activities in phases.

    `slug` is the address for life: it can be chosen until the first publication and never after. `preview_key` opens a draft to whoever
    holds the link.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="processes", verbose_name=_("organisation")
    )
    folder = models.ForeignKey(
        Folder, null=True, blank=True, on_delete=models.SET_NULL, related_name="processes", verbose_name=_("folder")
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    cover = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("cover picture"),
    )
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("area")
    )
    state = models.CharField(_("state"), max_length=10, choices=ProcessState, default=ProcessState.DRAFT)
    preview_key = models.UUIDField(default=uuid.uuid4, editable=False)
    contact_name = models.CharField(_("contact person or service"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)
    contact_text = models.TextField(_("how and when to reach you"), max_length=400, blank=True)
    created_at = models.DateTimeField(_("created"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    i18n = TranslationField(fields=("title", "summary", "contact_text"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ProcessState.DRAFT) | Q(published_at__isnull=False),
                name="process_public_since_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProcessState.ARCHIVED) | Q(archived_at__isnull=False),
                name="process_archived_at_a_moment",
            ),
            models.CheckConstraint(condition=~Q(slug="folders"), name="process_slug_is_not_folders"),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="process_newest_first")]

    def __str__(self) -> str:
        return self.title_i18n or self.slug

    def get_absolute_url(self) -> str:
        return reverse("processes:page", args=[self.slug])

    def get_preview_url(self) -> str:
        return f"{self.get_absolute_url()}?preview={self.preview_key}"


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
