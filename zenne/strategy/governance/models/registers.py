from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.strategy.portfolio.models import Department, Project

from ..enums import EntryKind
from .order import require_order

TITLE_LENGTH = 200


class Entry(models.Model):
    """A partnership, an agreement, an event, a question for research or a study: with whom, when, who looks after it, and what came of it. `follows`
    links a study to the question it answers. Everyone reads it, unless it is not `public`."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="register", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=EntryKind)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("text"), max_length=5000, blank=True)
    with_whom = models.CharField(_("with whom"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=TITLE_LENGTH, blank=True)
    url = models.URLField(_("website"), max_length=400, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("department that looks after it"),
    )
    owner = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who looks after it"),
        help_text=_("Only staff reads who; everyone reads the department."),
    )
    outcome = models.TextField(_("what came of it"), max_length=5000, blank=True)
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="register", verbose_name=_("project")
    )
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed", verbose_name=_("follows")
    )
    public = models.BooleanField(_("everyone may read it"), default=True)
    changed_at = models.DateTimeField(_("last change"), editable=False)
    i18n = TranslationField(fields=("title", "text", "outcome"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("entry of a register")
        verbose_name_plural = _("entries of registers")
        ordering = [F("starts_on").desc(nulls_last=True), "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_exists"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="entry_ends_later",
            ),
            models.CheckConstraint(condition=Q(follows__isnull=True) | ~Q(follows=F("id")), name="entry_not_itself"),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0] or self.with_whom or str(self.get_kind_display())

    def clean(self) -> None:
        require_order(self.starts_on, self.ends_on, "ends_on")

    def get_absolute_url(self) -> str:
        """Its place in the register."""
        return f"{reverse('governance:registers')}?kind={self.kind}#entry-{self.pk}"
