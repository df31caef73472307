from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import DEFAULT

from .enums import Gender, IdentityMethod, Purpose


class People(BaseUserManager["Person"]):
    """How Django and its commands make a person: by e-mail, with or without a password."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        if not email:
            raise ValueError("a person needs an e-mail address")
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password) if password else person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "Person":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. What others see of them is `name` only.

    `is_superuser` marks a platform administrator. An erased person keeps the row, so that what was said in public keeps its
    place, and loses everything that names them (`erased_at`).
    """

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name shown to others"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=5, default=DEFAULT)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    birth_year_checked = models.BooleanField(_("year of birth checked"), default=False)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = People()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1890, 2100)),
                name="person_birth_year_plausible",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(is_active=False), name="person_erased_is_inactive"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Somebody"))

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def is_staff(self) -> bool:
        """Django's word for platform administrators; the staff of an organisation are its members."""
        return self.is_superuser


class Identity(models.Model):
    """One way a person proved who they are.

    `mark` is the keyed HMAC of the strongest identifier that method gave, never the identifier: the same human being gives the same
    mark, so a second account cannot be verified (`identity_mark_once`).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    method = models.CharField(max_length=10, choices=IdentityMethod)
    mark = models.CharField(max_length=64)
    verified_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["mark"], name="identity_mark_once"),
            models.UniqueConstraint(fields=["person", "method"], name="identity_method_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}"


class Consent(models.Model):
    """A yes, and the day it was taken back. Never overwritten: a new yes is a new row."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_standing_per_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.given_at:%Y-%m-%d})"
