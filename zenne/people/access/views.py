from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zenne.core.errors import Conflict, Invalid
from zenne.people.accounts.personal_questions import questions
from zenne.people.accounts.queries import identity_providers
from zenne.web.addresses import onward

from . import actions, resume
from .forms import Answers, LetterCodeForm


@never_cache
@require_GET
def resume_action(request: HttpRequest, token: str) -> HttpResponse:
    return resume.replay(request, token, request.now)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """Only what is missing, once; then on to where the person was going."""
    person = request.user
    asked = request.POST.getlist("ask") or request.GET.getlist("ask")
    missing = [key for key in asked if (question := questions.get(key)) and not question.known(person)]
    if not missing:
        return HttpResponseRedirect(onward(request))
    form = Answers(person, missing, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.keep(request.now)
        return HttpResponseRedirect(onward(request))
    context = {"form": form, "asked": missing, "next": onward(request)}
    return render(request, "people/access/answers.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The ways to show once who one is: a provider, a letter, a counter."""
    form = LetterCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.redeem_letter_code(by=request.user, code=form.cleaned_data["code"], now=request.now)
        except (Invalid, Conflict) as error:
            form.add_error("code", str(error.message))
        else:
            messages.success(request, _("Thank you: your identity is checked. You will not be asked again."))
            return HttpResponseRedirect(onward(request))
    context = {
        "form": form,
        "next": onward(request),
        "providers": identity_providers(request),
        "identities": request.user.identities.all(),
    }
    return render(request, "people/access/verify.html", context, status=422 if form.is_bound else 200)
