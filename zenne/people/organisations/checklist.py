"""What an organisation itself needs before it goes live."""

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import missing

from .boards import Check, Words, checks
from .enums import Role
from .models import Organisation


class _Link:
    """The address of the organisation's form, at one of its boxes."""

    def __init__(self, part: str) -> None:
        self.part = part

    def __call__(self, organisation: Organisation) -> str:
        return reverse("organisation:edit", args=[organisation.pk]) + (f"#{self.part}" if self.part else "")


def _texts(*fields: str) -> "_Texts":
    return _Texts(fields)


class _Texts:
    """The promised languages in which one of `fields` is still empty."""

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = fields

    def __call__(self, organisation: Organisation) -> list[Words]:
        lacking = missing(organisation, self.fields, organisation.languages)
        return [
            format_lazy(
                "{field} ({language})",
                field=organisation._meta.get_field(field).verbose_name,
                language=language.upper(),
            )
            for field, language in lacking
        ]


def _second_factor(organisation: Organisation) -> list[Words]:
    admins = organisation.memberships.filter(role=Role.ADMIN).values("person_id")
    if Authenticator.objects.filter(
        user_id__in=admins, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    ).exists():
        return []
    return [_("an administrator with a second factor (passkey or authenticator app)")]


def _administrator(organisation: Organisation) -> list[Words]:
    return [] if organisation.memberships.filter(role=Role.ADMIN).exists() else [_("an administrator")]


def _email(organisation: Organisation) -> list[Words]:
    return [] if organisation.email else [_("contact e-mail")]


def _privacy(organisation: Organisation) -> list[Words]:
    return [] if organisation.privacy_email else [_("data protection contact")]


def _look(organisation: Organisation) -> list[Words]:
    untouched = organisation.brand == Organisation._meta.get_field("brand").default
    return [_("own colours")] if untouched and not organisation.logo and organisation.parent_id else []


def _members(organisation: Organisation) -> str:
    return reverse("membership:index")


def _invite(organisation: Organisation) -> str:
    return f"{reverse('invitation:add')}?organisation={organisation.pk}"


checks.register(
    "names", Check(_("Name in every promised language"), missing=_texts("name"), url=_Link("id_name_fr"), order=10)
)
checks.register(
    "about", Check(_("A few sentences about you"), missing=_texts("about"), url=_Link("id_about_fr"), order=15)
)
checks.register(
    "look", Check(_("Your colours and logo"), missing=_look, url=_Link("id_brand"), required=False, order=20)
)
checks.register("contact", Check(_("How residents reach you"), missing=_email, url=_Link("id_email"), order=30))
checks.register(
    "privacy", Check(_("Data protection contact"), missing=_privacy, url=_Link("id_privacy_email"), order=35)
)
checks.register("administrator", Check(_("An administrator"), missing=_administrator, url=_invite, order=40))
checks.register(
    "second-factor",
    Check(
        _("An administrator with a second factor"),
        missing=_second_factor,
        url=_members,
        required=settings.STAFF_SECOND_FACTOR,
        order=45,
    ),
)
