"""/<language>/account/: our pages, then allauth's. A page of ours that stands at an address of allauth's comes first and wins."""

from allauth.account import views as account
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path

from . import views
from .freshness import fresh_required

ours = [
    path("welcome/", views.welcome, name="welcome"),
    path("profile/", views.profile, name="profile"),
    path("security/", views.security, name="security"),
    path("sessions/", views.sessions, name="sessions"),
    path("consents/", views.consents, name="consents"),
    path("data/", views.my_data, name="my-data"),
    path("data/download/", views.download, name="download"),
    path("delete/", views.erase, name="erase"),
    path("deleted/", views.erased, name="erased"),
    path("confirm/", views.confirm_email, name="confirm-email"),
    path("reauthenticate/code/", views.ReauthenticateByCode.as_view(), name="reauthenticate-by-code"),
]

urlpatterns = [
    path("", include((ours, "accounts"))),
    path("login/", views.Entrance.as_view(), name="account_login"),
    path("login/password/", views.PasswordEntrance.as_view(), name="account_login_password"),
    path("login/code/", views.to_entrance, name="account_request_login_code"),
    path("signup/", views.to_entrance, name="account_signup"),
    path("email/", fresh_required(account.email), name="account_email"),
    path("password/set/", fresh_required(account.password_set), name="account_set_password"),
    path("2fa/totp/activate/", fresh_required(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", fresh_required(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("", include("allauth.urls")),
]
