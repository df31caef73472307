"""What the platform knows of a person, app by app: how it is handed over, how it is erased, and what stays and why.

Every app with a model that points to a person registers what happens with it (`tests/people/accounts/test_personal_data.py` counts):

    personal_data.register("ideas", PersonalData(_("My ideas"), covers=("ideas.Idea",), export=..., erase=..., keeps=_("...")))

The key is the file's name in the download. Erasing runs in one transaction, the apps above first, this one last; the person's row stays,
without anything that names them, so that what was said in public keeps its place.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.files import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zenne.core.registry import Registry

from .models import Person


def _nothing(person: Person) -> list[Any]:
    return []


@dataclass(frozen=True)
class PersonalData:
    """`covers`: labels of the models with a link to a person, such as "ideas.Idea" (for a many-to-many: "access.Group.members").

    `export` gives plain data that JSON can hold (datetimes too); `files` gives (name, open file) pairs for the download; `erase` takes
    away what names the person; `keeps` tells the person what stays and why, empty when nothing does.
    """

    title: str | Promise
    covers: tuple[str, ...]
    export: Callable[[Person], Any]
    erase: Callable[[Person, datetime], None]
    keeps: str | Promise = ""
    files: Callable[[Person], Iterable[tuple[str, File]]] = field(default=_nothing)


personal_data: Registry[PersonalData] = Registry("personal_data")


def _account(person: Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "birth_year": person.birth_year,
        "gender": person.gender,
        "joined": person.joined_at,
        "last_sign_in": person.last_login,
        "identity_checked": [{"method": row.method, "on": row.verified_at} for row in person.identities.all()],
        "consents": [
            {"purpose": row.purpose, "given": row.given_at, "withdrawn": row.withdrawn_at}
            for row in person.consents.all()
        ],
        "addresses": list(
            EmailAddress.objects.filter(user=person).order_by("id").values("email", "verified", "primary")
        ),
        "second_factors": [
            {"kind": row.get_type_display(), "added": row.created_at, "last_used": row.last_used_at}
            for row in Authenticator.objects.filter(user=person).order_by("id")
        ],
        "linked_services": list(
            SocialAccount.objects.filter(user=person).order_by("id").values("provider", "date_joined")
        ),
        "sessions": list(
            UserSession.objects.filter(user=person)
            .order_by("id")
            .values("created_at", "last_seen_at", "ip", "user_agent")
        ),
    }


def _erase_account(person: Person, now: datetime) -> None:
    for session in UserSession.objects.filter(user=person).order_by("id"):
        session.end()
    for model in (EmailAddress, Authenticator, SocialAccount):
        model._default_manager.filter(user=person).delete()
    person.identities.all().delete()
    person.consents.all().delete()
    person.groups.clear()
    person.user_permissions.clear()
    person.email = f"erased-{secrets.token_hex(12)}@invalid"
    person.name = person.gender = ""
    person.birth_year, person.birth_year_checked, person.last_login = None, False, None
    person.is_superuser = person.is_active = False
    person.erased_at = now
    person.set_unusable_password()
    person.save()


CMS = (
    *(
        "wagtailcore.ModelLogEntry",
        "wagtailcore.PageLogEntry",
        "wagtailcore.Revision",
        "wagtailcore.Page",
        "wagtailcore.Comment",
    ),
    *("wagtailcore.CommentReply", "wagtailcore.PageSubscription", "wagtailcore.TaskState", "wagtailcore.WorkflowState"),
    *("wagtailcore.UploadedFile", "wagtailimages.Image", "wagtaildocs.Document", "wagtailusers.UserProfile"),
    *("wagtailadmin.EditingSession", "wagtailadmin.FormState", "wagtailcore.APIToken"),
)


OWN = (
    *("wagtailusers.UserProfile", "wagtailcore.PageSubscription", "wagtailadmin.EditingSession"),
    *("wagtailcore.UploadedFile", "wagtailadmin.FormState", "wagtailcore.APIToken"),
)


def _cms(person: Person) -> dict[str, Any]:
    entries = apps.get_model("wagtailcore.PageLogEntry").objects.filter(user=person).order_by("timestamp", "id")
    return {"edits": list(entries.values("timestamp", "action", "label"))}


def _erase_cms(person: Person, now: datetime) -> None:
    for label in OWN:
        model = apps.get_model(label)
        model._default_manager.filter(**{_link(model): person}).delete()


def _link(model: Any) -> str:
    return next(part.name for part in model._meta.get_fields() if part.concrete and part.related_model is Person)


personal_data.register(
    "back_office",
    PersonalData(
        _("What I edited for an organisation"),
        covers=CMS,
        export=_cms,
        erase=_erase_cms,
        keeps=_("Pages you edited as staff stay as they are, without your name."),
    ),
)
personal_data.register(
    "account",
    PersonalData(
        _("My account"),
        covers=(
            *("account.EmailAddress", "mfa.Authenticator", "socialaccount.SocialAccount", "usersessions.UserSession"),
            *("accounts.Identity", "accounts.Consent", "accounts.Person.groups", "accounts.Person.user_permissions"),
        ),
        export=_account,
        erase=_erase_account,
    ),
)
