from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

# As much of a text as is compared with others; as long as anybody repeats themselves.
COMPARED = 400
DAYS_KEPT = 30


class Trace(models.Model):
    """That somebody wrote something, and its tidied words: what repetitions and bursts are found by. Swept after DAYS_KEPT days.

    Words that are almost the same have a number of their `sketch` in common (`methods.likeness`).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    about_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    about_id = models.BigIntegerField()
    author = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=COMPARED)
    sketch = ArrayField(models.IntegerField(), default=list)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("trace of a contribution")
        verbose_name_plural = _("traces of contributions")
        ordering = ["-written_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["about_type", "about_id"], name="trace_once")]
        indexes = [
            models.Index(fields=["author", "written_at"], name="trace_by"),
            models.Index(fields=["written_at"], name="trace_age"),
            GinIndex(fields=["sketch"], name="trace_sketch"),
        ]

    def __str__(self) -> str:
        return self.words[:60]
