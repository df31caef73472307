"""Where allauth asks us: names and languages of new people, the mails, and who an itsme or eID sign-in is."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from zenne.core import clock, languages, mail
from zenne.core.errors import Spoken
from zenne.core.numbers import whole_number

from . import marks
from .actions import KnownElsewhere, verify_identity
from .enums import IdentityMethod
from .letters import LETTERS, TEMPLATE
from .models import Identity, Person
from .queries import person_with_email
from .verified import Facts

BY_CODE = "reauthenticate-by-code"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_code": _("This is not the code we sent. Check it, or ask for a new one."),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This link is no longer valid."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "rate_limited": _("Please wait a moment before you try again."),
        "email_taken": _("This e-mail address is already in use."),
        "duplicate_email": _("This is already your e-mail address."),
        "enter_current_password": _("Type your present password."),
        "same_as_current": _("This is the same as before."),
    }

    def new_user(self, request: HttpRequest) -> Person:
        return Person(language=languages.current(), joined_at=request.now)

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        user.email = form.cleaned_data["email"].lower()
        user.set_unusable_password()
        if commit:
            user.save()
        return user

    def is_safe_url(self, url: str) -> bool:
        """A bare word is no address; allauth would look for a page of that name. Nor is what cannot be read as one."""
        try:
            return url.startswith(("/", "http://", "https://")) and super().is_safe_url(url)
        except ValueError:  # a bracket that closes nothing
            return False

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """People without a name are asked for one first, then go on to where they were going."""
        response = super().post_login(request, user, **kwargs)
        if not user.name and isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(f"{reverse('accounts:welcome')}?{urlencode({'next': response.url})}")
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:security")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("accounts:profile") if self.request.user.is_authenticated else reverse("account_login")

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        """Whoever can read the mailbox can always confirm that it is them; people with a second factor must use it."""
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and not any(method["id"].startswith("mfa") for method in methods):
            code = {
                "id": BY_CODE,
                "description": _("Use a code by e-mail"),
                "url": reverse("accounts:reauthenticate-by-code"),
            }
            methods.append(code)
        return methods

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        send_letter(template_prefix, email, code=context.get("code", ""))


def send_letter(occasion: str, email: str, *, code: str = "") -> None:
    """One of our letters, in the language its reader chose; for an unknown reader in that of the page."""
    letter = LETTERS[occasion]
    person = person_with_email(email)
    language = person.language if person and person.last_login else languages.current()
    address = context.request.build_absolute_uri(reverse(letter.route)) if letter.route else ""
    mail.send(
        TEMPLATE,
        to=email,
        language=language,
        context={
            "letter": letter,
            "code": code,
            "address": address,
            "organisation": getattr(context.request, "organisation", None),
        },
        now=clock.now(),
    )


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Signing in by itsme, eID or a city's own OpenID provider: always the same person, whatever they used before."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": _("An account with this e-mail address exists. Sign in to it, then add %s under Security."),
        "connected_other": _("This identity is linked to another account."),
        "no_password": _("Choose a password or add a passkey first, so that you can still sign in."),
    }

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Mapping[str, Any]) -> Person:
        """Keep the mark and the few facts we use, before anything is stored; the rest of the claims is forgotten here."""
        given = sociallogin.account.extra_data
        claims = {**(given.get("id_token") or {}), **(given.get("userinfo") or {})}
        issuer = (given.get("id_token") or {}).get("iss") or sociallogin.provider.server_url
        sociallogin.account.extra_data = {"mark": marks.of_claims(issuer, claims), **_facts(claims)}
        sociallogin.user.email = (data.get("email") or "").lower()
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        identity = Identity.objects.filter(mark=sociallogin.account.extra_data["mark"]).select_related("person").first()
        target = self._target(request, sociallogin)
        if identity and target and identity.person_id != target.pk:
            raise KnownElsewhere
        if identity and not target:
            sociallogin.connect(request, identity.person)
        elif sociallogin.is_existing and target:
            self.bind(sociallogin)

    def _target(self, request: HttpRequest, sociallogin: SocialLogin) -> Person | None:
        """Whose account this is about to be: the one that is signed in when connecting, else the one it was connected to."""
        if sociallogin.state.get("process") == "connect" and request.user.is_authenticated:
            return request.user
        return sociallogin.user if sociallogin.is_existing else None

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Person:
        person = super().save_user(request, sociallogin, form)
        self.bind(sociallogin)
        return person

    def bind(self, sociallogin: SocialLogin) -> None:
        """Write the identity down and forget the facts."""
        account = sociallogin.account
        if "mark" not in account.extra_data:
            return
        facts = {key: value for key, value in account.extra_data.items() if key != "mark"}
        method, mark = IdentityMethod.OIDC, account.extra_data["mark"]
        verify_identity(person=account.user, method=method, mark=mark, now=clock.now(), facts=Facts(**facts))
        account.extra_data = {}
        account.save(update_fields=["extra_data"])

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("accounts:security")


def bind_connected(sender: object, request: HttpRequest, sociallogin: SocialLogin, **_kwargs: object) -> None:
    """allauth's signal for an identity that was added to an account that exists. What cannot be bound is not added either."""
    try:
        IdentityAdapter(request).bind(sociallogin)
    except Spoken:
        sociallogin.account.delete()
        raise


def _facts(claims: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    born = whole_number(str(claims.get("birthdate") or "")[:4])
    if born and born > 1890:
        facts["birth_year"] = born
    address = claims.get("address")
    if isinstance(address, Mapping):
        known = {"postcode": "postal_code", "locality": "locality", "street": "street_address"}
        facts |= {ours: str(address[theirs]) for ours, theirs in known.items() if address.get(theirs)}
    return facts
