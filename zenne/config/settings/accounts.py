"""Who people are: one Person model, several ways to prove it, all through allauth."""

from .environment import ENVIRONMENT

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "zenne.people.organisations.backends.MembershipBackend",
    "zenne.people.moderation.backends.PersonBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
IDENTITY_KEY = ENVIRONMENT.identity_key
STAFF_SECOND_FACTOR = ENVIRONMENT.public

ACCOUNT_ADAPTER = "zenne.people.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = (
    15 * 60
)
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,12/h/key",
    "confirm_email": "1/10s/key,12/h/key",
    "reset_password": "20/m/ip,3/m/key,12/h/key",
    "signup": "20/m/ip",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.secure else 0
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
SESSION_ENGINE = "zenne.people.accounts.sessions"
USERSESSIONS_TRACK_ACTIVITY = True

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.secure
MFA_TOTP_ISSUER = "Zenne"

SOCIALACCOUNT_ADAPTER = "zenne.people.accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": provider["name"],
                "client_id": provider["client_id"],
                "secret": provider["secret"],
                "settings": {"server_url": provider["server"], "scope": provider["scope"].split()},
            }
            for provider in ENVIRONMENT.oidc
        ],
    }
}

_FORMS = "zenne.people.accounts.forms."
ACCOUNT_FORMS = {
    "login": f"{_FORMS}PasswordSignIn",
    "confirm_login_code": f"{_FORMS}ConfirmLoginCode",
    "confirm_email_verification_code": f"{_FORMS}ConfirmEmailCode",
    "confirm_password_reset_code": f"{_FORMS}ConfirmPasswordCode",
    "add_email": f"{_FORMS}NewAddress",
    "change_password": f"{_FORMS}ChangePassword",
    "set_password": f"{_FORMS}SetPassword",
    "reset_password": f"{_FORMS}AskPasswordCode",
    "reset_password_from_key": f"{_FORMS}NewPassword",
    "reauthenticate": f"{_FORMS}ConfirmByPassword",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}SecondFactor",
    "reauthenticate": f"{_FORMS}ConfirmBySecondFactor",
    "activate_totp": f"{_FORMS}ActivateApp",
    "add_webauthn": f"{_FORMS}AddPasskey",
    "edit_webauthn": f"{_FORMS}RenamePasskey",
}
SOCIALACCOUNT_FORMS = {"signup": f"{_FORMS}AddressAfterProvider"}
