"""Our words on allauth's forms, and the few forms of our own."""

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.socialaccount import forms as social
from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import Purpose
from .models import Person
from .personal_questions import PersonalQuestion

NUMERIC = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
CODE_HINT = _("Eight digits, as in 1234-5678.")


def _say(field: forms.Field, label: Any, hint: Any = "", **attrs: str) -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attrs


class EntranceForm(forms.Form):
    """One address is all it takes, for a first visit and for every other."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("Write the address like name@example.org."),
        },
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if not ratelimit.consume(context.request, app="allauth.account", action="request_login_code", key=email):
            raise forms.ValidationError(_("Too many codes were asked for. Wait a few minutes, then try again."))
        return email


class PasswordSignIn(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _("Your e-mail address"), autocomplete="username", autocapitalize="none")
        _say(self.fields["password"], _("Your password"))
        self.fields["password"].help_text = ""


class ConfirmLoginCode(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("The code from the mail"), CODE_HINT, **NUMERIC)


class ConfirmEmailCode(account.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("The code from the mail"), CODE_HINT, **NUMERIC)


class ConfirmPasswordCode(account.ConfirmPasswordResetCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("The code from the mail"), CODE_HINT, **NUMERIC)


class NewAddress(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["email"],
            _("Your new e-mail address"),
            _("We send a code there; until you type it, nothing changes."),
            autocomplete="email",
        )


PASSWORD_HINT = _("At least ten characters. Three or four words that only you would put together are fine.")


class ChangePassword(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Your present password"))
        _say(self.fields["password1"], _("Your new password"), PASSWORD_HINT)
        _say(self.fields["password2"], _("Your new password once more"))


class SetPassword(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password1"], _("A password"), PASSWORD_HINT)
        _say(self.fields["password2"], _("The password once more"))


class AskPasswordCode(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], _("Your e-mail address"), autocomplete="username", autocapitalize="none")


class NewPassword(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password1"], _("Your new password"), PASSWORD_HINT)
        _say(self.fields["password2"], _("Your new password once more"))


class ConfirmByPassword(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Your password"))


FACTOR_HINT = _("The six digits your app shows now, or one of your recovery codes.")


class SecondFactor(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code from your app"), FACTOR_HINT, **NUMERIC)


class ConfirmBySecondFactor(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code from your app"), FACTOR_HINT, **NUMERIC)


class ActivateApp(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code from your app"), _("The six digits your app shows now."), **NUMERIC)


class AddPasskey(AddWebAuthnForm):
    """Always a passkey that stands alone; what cannot be one (an old key without a PIN) is refused by the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["name"],
            _("Name of this passkey"),
            _("So that you recognise it later, for example “My phone”."),
            maxlength="60",
        )
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.initial["passwordless"] = "on"
        self.fields["name"].initial = self.initial.get("name")


class RenamePasskey(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Name of this passkey"), maxlength="60")


class AddressAfterProvider(social.SignupForm):
    """Providers do not always give an address; codes and answers need one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["email"],
            _("Your e-mail address"),
            _("We send a code there to confirm it."),
            autocomplete="email",
        )


class NameForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["name"]
        help_texts = {"name": _("Stands beside what you write in public. A first name or a pen name will do.")}
        error_messages = {"name": {"required": _("Choose a name; a first name will do.")}}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "nickname"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


PURPOSES = {
    Purpose.NEWS: _("Now and then a mail about another process in which you may take part."),
    Purpose.STATISTICS: _("Shown only as numbers for groups large enough that nobody can be recognised."),
    Purpose.CONTACT: _(
        "For example when the city needs to know more about your idea. Your address is not shown to others."
    ),
}


class ConsentForm(forms.Form):
    """One box per purpose; none is ticked for you."""

    def __init__(self, standing: set[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in Purpose:
            self.fields[purpose.value] = forms.BooleanField(
                label=purpose.label, help_text=PURPOSES[purpose], required=False, initial=purpose.value in standing
            )


class EraseForm(forms.Form):
    typed = forms.EmailField(
        label=_("To confirm, type your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_typed(self) -> str:
        if self.cleaned_data["typed"].lower() != self.person.email.lower():
            raise forms.ValidationError(_("This is not the e-mail address of your account."))
        return self.cleaned_data["typed"]


class MailedCode(forms.Form):
    code = forms.CharField(
        label=_("The code from the mail"), help_text=CODE_HINT, max_length=20, widget=forms.TextInput(attrs=NUMERIC)
    )


class ProfileForm(NameForm):
    """The name and every personal question. What is left open stays open; `why` stands under each question."""

    def __init__(self, asked: Mapping[str, PersonalQuestion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: list[tuple[PersonalQuestion, list[str]]] = []
        for question in asked.values():
            fields = question.fields(self.instance)
            for field in fields.values():
                field.required = False
                field.help_text = " ".join(str(part) for part in (field.help_text, question.why) if part)
            self.fields.update(fields)
            self.asked.append((question, list(fields)))

    def answers(self) -> list[tuple[PersonalQuestion, dict[str, Any]]]:
        """The questions that have an answer now, each with its own clean values."""
        given = [(question, {name: self.cleaned_data[name] for name in names}) for question, names in self.asked]
        return [
            (question, values)
            for question, values in given
            if all(value not in (None, "") for value in values.values())
        ]
