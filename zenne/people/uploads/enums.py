from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UploadKind(TextChoices):
    """What was uploaded: a picture that pages show, or a file that people download."""

    IMAGE = "image", _("Picture")
    FILE = "file", _("File")
