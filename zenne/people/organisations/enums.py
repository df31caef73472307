from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    REGION = "region", _("Region")
    COMMUNE = "commune", _("Commune")
    ADMINISTRATION = "administration", _("Administration")
    ASSOCIATION = "association", _("Association")


class Role(TextChoices):
    """What a member may do; an administrator may do all of it."""

    ADMIN = "admin", _("Administrator")
    MANAGER = "manager", _("Process manager")
    MODERATOR = "moderator", _("Moderator")
    EDITOR = "editor", _("Editor")


class Corners(TextChoices):
    SQUARE = "square", _("Square")
    SOFT = "soft", _("Soft")
    ROUND = "round", _("Round")
