from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import DEFAULT, LANGUAGES
from zenne.people.accounts.models import Person

from .enums import Corners, OrganisationKind, Role

HEX_COLOUR = RegexValidator(r"^#[0-9a-f]{6}$", _("A colour is written like #3d37b0."))
HOST_NAME = RegexValidator(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", _("A host name is written like jette.example.org."))


def promised_by_default() -> list[str]:
    return [DEFAULT]


class Organisation(models.Model):
    """Whoever runs processes: a region, a commune, an administration, an association. The wall between tenants.

    `languages` are promised: nothing of it is published before every one of them is there. The organisation without a parent that
    was made first wears the platform's own pages (`queries.host`). `collection` holds its pictures and files, which no other organisation's staff
    see. It is live from `opened_at` on; before, only its members see it.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("part of")
    )
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    subname = models.CharField(_("line under the name"), max_length=160, blank=True)
    about = models.TextField(_("about"), blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=[(code, code) for code in LANGUAGES]),
        verbose_name=_("promised languages"),
        default=promised_by_default,
    )
    brand = models.CharField(_("main colour"), max_length=7, validators=[HEX_COLOUR], default="#3d37b0")
    accent = models.CharField(_("second colour"), max_length=7, validators=[HEX_COLOUR], default="#ffc93c")
    corners = models.CharField(_("corners"), max_length=10, choices=Corners, default=Corners.ROUND)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    host = models.CharField(
        _("own host name"), max_length=253, unique=True, null=True, blank=True, validators=[HOST_NAME]
    )
    email = models.EmailField(_("contact e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    privacy_email = models.EmailField(_("data protection contact"), blank=True)
    collection = models.OneToOneField(
        "wagtailcore.Collection",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="organisation",
    )
    created_at = models.DateTimeField(_("created"))
    opened_at = models.DateTimeField(_("live since"), null=True, blank=True)
    i18n = TranslationField(fields=("name", "subname", "about"))

    objects = MultilingualManager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(languages=[]), name="organisation_promises_a_language"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="organisation_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name_i18n or self.slug

    def get_absolute_url(self) -> str:
        return reverse("organisations:home", args=[self.slug])

    @property
    def live(self) -> bool:
        return self.opened_at is not None


class Membership(models.Model):
    """A person works for an organisation in one role; several roles are several rows."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "person", "role"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class Invitation(models.Model):
    """A place kept for an e-mail address. The link in the mail carries the secret; the row keeps only its digest."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email", "role"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("invited_at")), name="invitation_has_time"),
        ]

    def __str__(self) -> str:
        return self.email

    def state_in_words(self) -> str:
        """As the list of invitations tells it; whether time has passed is told by the date beside it."""
        if self.accepted_at:
            return str(_("accepted"))
        return str(_("withdrawn") if self.withdrawn_at else _("sent"))
