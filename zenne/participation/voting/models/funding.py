from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.organisations.models import Organisation

from .options import District
from .vote import Vote


class Contributor(models.Model):
    """An institution that brings a part of the money. `number` is its place on pages, and who goes first when a cent is left over.

    The words are its own, so that the rule does not change when an organisation takes another name; `organisation` leads to its page here.
    """

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="contributors")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("name"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("its organisation on this platform"),
    )
    i18n = TranslationField(fields=("title",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("contributor to the budget")
        verbose_name_plural = _("contributors to the budget")
        ordering = ["vote_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "number"], name="contributor_number_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.title_i18n or str(self.number)

    @property
    def key(self) -> str:
        """Its name in the frozen rule and in the result."""
        return str(self.number)


class Contribution(models.Model):
    """What a contributor brings to one budget: that of the vote (`district` is None) or of a group of options.

    Either an amount, or parts of what the amounts of the others leave: 5, 3 and 2 parts of it.
    """

    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="contributions")
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    cents = models.PositiveBigIntegerField(_("amount"), null=True, blank=True)
    parts = models.PositiveIntegerField(_("parts"), null=True, blank=True)

    class Meta:
        verbose_name = _("contribution to a budget")
        verbose_name_plural = _("contributions to a budget")
        ordering = ["contributor_id", "district_id"]
        constraints = [
            models.UniqueConstraint(fields=["contributor", "district"], name="contribution_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(cents__isnull=False, cents__gte=1, parts__isnull=True)
                | Q(cents__isnull=True, parts__isnull=False, parts__gte=1),
                name="contribution_amount_or_parts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor}: {self.cents if self.parts is None else self.parts}"
