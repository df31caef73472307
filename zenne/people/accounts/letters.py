"""The words of every mail about an account. Each is one letter of title, sentences and, where there is one, a code.

allauth says which occasion it is (`account/email/login_code`); the adapter looks the letter up here.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEMPLATE = "people/accounts/mail/letter"


@dataclass(frozen=True)
class Letter:
    """`route` is the page the button leads to. `warns` adds what to do when it was not you."""

    title: str | Promise
    sentences: tuple[str | Promise, ...]
    route: str = ""
    button: str | Promise = ""
    warns: bool = False


_CODE = _("Type this code on the page you came from. It works for 15 minutes.")
_IGNORE = _("If you did not ask for this, do nothing: without the code nothing happens.")


def _about_safety(title: str | Promise, sentence: str | Promise) -> Letter:
    return Letter(title, (sentence,), "accounts:security", _("See how my account is protected"), warns=True)


LETTERS: dict[str, Letter] = {
    "account/email/login_code": Letter(_("Your code to sign in"), (_CODE, _IGNORE)),
    "account/email/email_confirmation": Letter(_("Confirm your e-mail address"), (_CODE, _IGNORE)),
    "account/email/email_confirmation_signup": Letter(_("Confirm your e-mail address"), (_CODE, _IGNORE)),
    "account/email/password_reset_code": Letter(_("Your code to choose a new password"), (_CODE, _IGNORE)),
    "accounts/reauthenticate": Letter(_("Your code to confirm that it is you"), (_CODE, _IGNORE)),
    "account/email/unknown_account": Letter(
        _("Somebody typed your address"),
        (
            _("Somebody asked for a code for this e-mail address, but no account has it."),
            _("If it was you: sign in with this address and an account is made. If it was not, do nothing."),
        ),
        "account_login",
        _("Sign in"),
    ),
    "account/email/account_already_exists": Letter(
        _("You already have an account"),
        (
            _("Somebody, probably you, wanted to make a new account with this e-mail address. It has one already."),
            _("Sign in with this address; under Security you can then add itsme or eID to the account."),
        ),
        "account_login",
        _("Sign in"),
    ),
    "account/email/email_changed": Letter(
        _("Your e-mail address was changed"),
        (_("Your account now has another e-mail address. This one no longer signs in."),),
        warns=True,
    ),
    "account/email/email_deleted": _about_safety(
        _("An e-mail address was removed"), _("An address was removed from your account.")
    ),
    "account/email/email_confirm": Letter(_("Your e-mail address is confirmed"), (_("Thank you."),)),
    "account/email/password_changed": _about_safety(
        _("Your password was changed"), _("The password of your account was just changed.")
    ),
    "account/email/password_set": _about_safety(
        _("Your account has a password"), _("A password was just added to your account.")
    ),
    "account/email/password_reset": _about_safety(
        _("Your password was changed"), _("The password of your account was just replaced.")
    ),
    "mfa/email/totp_activated": _about_safety(
        _("An authenticator app was added"), _("Signing in now asks for a code from your app.")
    ),
    "mfa/email/totp_deactivated": _about_safety(
        _("The authenticator app was removed"), _("Signing in no longer asks for a code from your app.")
    ),
    "mfa/email/webauthn_added": _about_safety(
        _("A passkey was added"), _("A passkey or security key was added to your account.")
    ),
    "mfa/email/webauthn_removed": _about_safety(
        _("A passkey was removed"), _("A passkey or security key was removed from your account.")
    ),
    "mfa/email/recovery_codes_generated": _about_safety(
        _("New recovery codes"), _("New recovery codes were made; the earlier ones no longer work.")
    ),
    "socialaccount/email/account_connected": _about_safety(
        _("A way to sign in was added"), _("itsme, eID or a similar service can now sign in to your account.")
    ),
    "socialaccount/email/account_disconnected": _about_safety(
        _("A way to sign in was removed"), _("A service that could sign in to your account was removed.")
    ),
    "accounts/erased": Letter(
        _("Your account was deleted"),
        (
            _(
                "Your account and what named you are gone, as you asked. What you wrote in public stays, without your name."
            ),
            _("This is the last message we send you."),
        ),
    ),
}
