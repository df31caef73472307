from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.accounts.models import Person

from .process import Process


class News(models.Model):
    """A dated message on a process: a draft until `published_at`, public from then on, gone from the page once withdrawn."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="news")
    title = models.CharField(_("title"), max_length=120, blank=True)
    body = models.TextField(_("text"), blank=True)
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    edited_at = models.DateTimeField(_("corrected"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    i18n = TranslationField(fields=("title", "body"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("news post")
        verbose_name_plural = _("news")
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(published_at__isnull=False),
                name="news_withdrawn_after_publishing",
            )
        ]

    def __str__(self) -> str:
        return self.title_i18n or f"{_('News')} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("processes:news_post", args=[self.process.slug, self.pk])


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
