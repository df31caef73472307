"""The doors of an account: coming in, and one's own pages. What allauth already does well is only given our form."""

import time
from typing import Any

from allauth.account import views as allauth
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import compare_user_code, generate_user_code
from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zenne.core.languages import current
from zenne.core.numbers import key_of
from zenne.web.addresses import onward
from zenne.web.sending import sent_from

from . import actions, queries, rules
from .adapters import send_letter
from .enums import Purpose
from .forms import ConsentForm, EntranceForm, EraseForm, MailedCode, NameForm, ProfileForm
from .freshness import fresh_required
from .lastseen import last_seen
from .models import Person
from .personal_questions import questions

REAUTHENTICATION = "reauthentication-code"
GET_OR_POST = require_http_methods(["GET", "POST"])


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


@method_decorator(rate_limit(action="login"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Entrance(allauth.RequestLoginCodeView):
    """One page for a first visit and for every other: an address, then the code that was sent there.

    An address nobody has gets an account on the way, so that what one sees never tells whether it was known.
    """

    form_class = EntranceForm
    template_name = "people/accounts/entrance.html"

    def get_form_class(self) -> type[EntranceForm]:
        return self.form_class

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        clear_login(request)

    def form_valid(self, form: EntranceForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        person = queries.person_with_email(email)
        if person is None:
            try:
                person = actions.join(email=email, language=current(), now=self.request.now)
            except IntegrityError:
                person = queries.person_with_email(email)
        LoginCodeVerificationProcess.initiate(request=self.request, user=person, email=email)
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        providers = queries.identity_providers(self.request)
        return super().get_context_data(**kwargs) | {"providers": providers, "next": onward(self.request, "")}


def to_entrance(request: HttpRequest) -> HttpResponse:
    """Signing up and asking for a code are the same page as signing in."""
    query = f"?{urlencode({'next': address})}" if (address := onward(request, "")) else ""
    return redirect(f"{reverse('account_login')}{query}")


class PasswordEntrance(allauth.LoginView):
    template_name = "people/accounts/entrance_password.html"


@never_cache
@login_required
@GET_OR_POST
def welcome(request: HttpRequest) -> HttpResponse:
    """The first thing after the first sign-in: the name that others will see."""
    form = NameForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        actions.change_name(by=request.user, name=form.cleaned_data["name"], now=request.now)
        return HttpResponseRedirect(onward(request))
    context = {"form": form, "next": onward(request)}
    return render(request, "people/accounts/welcome.html", context, status=_status(form))


@never_cache
@login_required
@GET_OR_POST
def profile(request: HttpRequest) -> HttpResponse:
    """Everything a person tells of themselves, on one page."""
    person = Person.objects.get(pk=request.user.pk)
    typed = request.POST if request.method == "POST" else None
    form = ProfileForm(
        {key: each for key, each in questions.items() if each.on_profile},
        typed,
        instance=Person.objects.get(pk=person.pk),
    )
    if form.is_valid():
        actions.change_name(by=person, name=form.cleaned_data["name"], now=request.now)
        for question, answers in form.answers():
            question.save(person, answers, request.now)
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    return render(request, "people/accounts/profile.html", {"form": form, "email": person.email}, status=_status(form))


@never_cache
@login_required
def security(request: HttpRequest) -> HttpResponse:
    """How the account is protected, and what could be better."""
    person = request.user
    kinds = Authenticator.Type
    by_kind = {kind: list(Authenticator.objects.filter(user=person, type=kind).order_by("id")) for kind in kinds}
    codes = by_kind[kinds.RECOVERY_CODES]
    context = {
        "passkeys": by_kind[kinds.WEBAUTHN],
        "app": bool(by_kind[kinds.TOTP]),
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
        "second_factor": rules.has_second_factor(person),
        "providers": queries.identity_providers(request),
        "linked": SocialAccount.objects.filter(user=person).order_by("id"),
        "identities": person.identities.all(),
        "devices": queries.devices_of(person, request.session.session_key),
    }
    return render(request, "people/accounts/security.html", context)


@never_cache
@login_required
@GET_OR_POST
def sessions(request: HttpRequest) -> HttpResponse:
    """The signed-in devices; POST ends one (`session`) or all others."""
    if request.method == "POST":
        others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
        chosen = request.POST.get("session")
        if chosen:
            others = [get_object_or_404(others, pk=key_of(chosen))]
        for session in others:
            session.end()
        messages.success(request, _("Signed out there."))
        return redirect("accounts:sessions")
    last_seen.write()
    devices = queries.devices_of(request.user, request.session.session_key)
    return render(request, "people/accounts/sessions.html", {"devices": devices})


@never_cache
@login_required
@GET_OR_POST
def consents(request: HttpRequest) -> HttpResponse:
    standing = queries.standing_consents(request.user)
    form = ConsentForm(standing, request.POST if request.method == "POST" else None)
    if form.is_valid():
        for purpose in Purpose:
            change = actions.give_consent if form.cleaned_data[purpose.value] else actions.withdraw_consent
            change(by=request.user, purpose=purpose, now=request.now)
        messages.success(request, _("Saved."))
        return redirect("accounts:consents")
    history = request.user.consents.order_by("-given_at", "-id")
    return render(request, "people/accounts/consents.html", {"form": form, "history": history}, status=_status(form))


@never_cache
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    return render(request, "people/accounts/my_data.html", {"stays": queries.what_stays()})


@never_cache
@sent_from("accounts:my-data")
@fresh_required
def download(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(queries.personal_archive(request.user, request.now), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="zenne-{request.now:%Y-%m-%d}.zip"'
    return response


@never_cache
@fresh_required
@GET_OR_POST
def erase(request: HttpRequest) -> HttpResponse:
    form = EraseForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = request.user.email
        send_letter("accounts/erased", email)
        actions.erase(by=request.user, now=request.now)
        logout(request)
        return redirect("accounts:erased")
    return render(
        request, "people/accounts/erase.html", {"form": form, "stays": queries.what_stays()}, status=_status(form)
    )


def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "people/accounts/erased.html")


@never_cache
@login_required
@GET_OR_POST
def confirm_email(request: HttpRequest) -> HttpResponse:
    """An address that was never confirmed: send a code there, then go on to where the person was going."""
    sync_user_email_address(request.user)
    address = EmailAddress.objects.get_for_user(request.user, request.user.email)
    if address.verified:
        return HttpResponseRedirect(onward(request))
    if request.method == "POST":
        send_verification_email_to_address(request, address)
        query = urlencode({"next": onward(request)})
        return redirect(f"{reverse('account_email_verification_sent')}?{query}")
    return render(request, "people/accounts/confirm_email.html", {"next": onward(request)})


@method_decorator(never_cache, name="dispatch")
@method_decorator(login_required, name="dispatch")
class ReauthenticateByCode(allauth.BaseReauthenticateView):
    """“Is it you?” by a code to the mailbox, for people without password and second factor."""

    form_class = MailedCode
    template_name = "people/accounts/reauthenticate_code.html"
    attempts = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
    life = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self._kept():
            self._send()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "again" in request.POST or not self._kept():
            self._send()
            return redirect(request.get_full_path())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: MailedCode) -> HttpResponse:
        kept = self._kept()
        if not compare_user_code(actual=form.cleaned_data["code"], expected=kept["code"]):
            kept["failed"] += 1
            self.request.session.modified = True
            if kept["failed"] >= self.attempts:
                del self.request.session[REAUTHENTICATION]
            form.add_error("code", _("This is not the code we sent. Check it, or ask for a new one."))
            return self.form_invalid(form)
        del self.request.session[REAUTHENTICATION]
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        return super().form_valid(form)

    def _kept(self) -> dict[str, Any] | None:
        kept = self.request.session.get(REAUTHENTICATION)
        return kept if kept and time.time() - kept["at"] < self.life else None

    def _send(self) -> None:
        email = self.request.user.email
        if not ratelimit.consume(
            self.request, app="allauth.account", action="request_login_code", key=email, limit_get=True
        ):
            messages.error(self.request, _("Too many codes were asked for. Wait a few minutes, then try again."))
            return
        code = generate_user_code(**settings.ALLAUTH_USER_CODE_FORMAT)
        self.request.session[REAUTHENTICATION] = {"code": code, "at": time.time(), "failed": 0}
        send_letter("accounts/reauthenticate", email, code=code)
