import uuid

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person

from .enums import UploadKind
from .limits import ALT_LENGTH, NAME_LENGTH


def private_storage() -> Storage:
    """Where uploads lie: no web server reads this folder, every file goes through the view that asks who may see it."""
    return storages["uploads"]


class Upload(models.Model):
    """A picture or file somebody gave. It belongs to no organisation: the idea or comment that carries it does.

    `claim` is the draft it was made for, and is emptied when the draft is handed in. Private until `published_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="uploads", verbose_name=_("owner")
    )
    claim = models.UUIDField(null=True, blank=True, db_index=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=UploadKind)
    file = models.FileField(_("file"), storage=private_storage, max_length=120)
    thumbnail = models.FileField(storage=private_storage, max_length=120, blank=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    content_type = models.CharField(_("type"), max_length=80)
    size = models.PositiveIntegerField(_("size"))
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    alt = models.CharField(_("description of the picture"), max_length=ALT_LENGTH, blank=True)
    created_at = models.DateTimeField(_("given"))
    published_at = models.DateTimeField(_("public since"), null=True, blank=True)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["owner", "created_at"], name="upload_by_owner")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=UploadKind.IMAGE) | Q(width__isnull=False, height__isnull=False) & ~Q(thumbnail=""),
                name="upload_picture_is_measured",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(claim__isnull=True), name="upload_public_is_no_draft"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("uploads:file", args=[self.pk, self.name])

    @property
    def small_url(self) -> str:
        """The thumbnail of a picture."""
        return reverse("uploads:small", args=[self.pk, self.name])

    @property
    def is_image(self) -> bool:
        return self.kind == UploadKind.IMAGE
