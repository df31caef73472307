from django.db import models
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation


class Group(models.Model):
    """People named one by one, by an organisation: a youth council, the staff of a department, a test panel."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=120)
    members = models.ManyToManyField(Person, blank=True, related_name="groups_joined", verbose_name=_("members"))

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["organisation_id", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name
