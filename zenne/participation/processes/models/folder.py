from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.organisations.models import Organisation


class Folder(models.Model):
    """Processes that belong together: a programme, a year of budgets."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="folders", verbose_name=_("organisation")
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    i18n = TranslationField(fields=("title", "summary"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("folder")
        verbose_name_plural = _("folders")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title_i18n or self.slug

    def get_absolute_url(self) -> str:
        return reverse("processes:folder", args=[self.slug])
