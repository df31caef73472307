"""What a refusal adds to the page that tells it: the facts behind it, and the next step that would help."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from zenne.core.errors import Spoken
from zenne.web.slots import register
from zenne.web.tags.words import day, moment

from .answers import NotAllowed, Refused, Remedy
from .resume import page_before


def facts(request: HttpRequest, error: Spoken) -> str:
    """The opening moment, the age, the area: one sentence, or nothing where there is no fact to tell."""
    words = fact_in_words(error.refused) if isinstance(error, NotAllowed) else ""
    return format_html("<p>{}</p>", words) if words else ""


def fact_in_words(refused: Refused) -> str:
    match refused.details:
        case (("opens_at", datetime() as opens), *_rest):
            return _("It opens on %(moment)s. Come back then.") % {"moment": moment(opens)}
        case (("closes_at", datetime() as closes), *_rest):
            last = closes - timedelta(microseconds=1)  # midnight belongs to the day before
            return _("It was open until %(day)s.") % {"day": day(last)}
        case (("minimum_age", int() as age), *_rest):
            return _("You need to be at least %(age)d years old.") % {"age": age}
        case (("until", datetime() as until), *_rest):
            last = until - timedelta(microseconds=1)
            return _("This lasts up to and including %(day)s. You received a letter that says why.") % {
                "day": day(last)
            }
        case (("area", area), *_rest):
            return _("The area is: %(area)s.") % {"area": area}
    if refused.remedy == Remedy.UNDO:
        return _("Take one back to have it free again.")
    return ""


def remedies(request: HttpRequest, error: Spoken) -> str:
    """The button that leads to the remedy, and from there back to this page."""
    if not isinstance(error, NotAllowed):
        return ""
    label, address, icon = _step(request, error.refused)
    if not label:
        return ""
    kind = "line" if error.refused.remedy == Remedy.CONTACT else "main"
    return _button(request, label, address, icon, kind)


def onward(request: HttpRequest | None, error: Spoken | None = None) -> str:
    """Where to go on from a closed door: sign in, or write to who runs the page, unless the refusal has that for its remedy."""
    if request is None:
        return ""
    remedy = error.refused.remedy if isinstance(error, NotAllowed) else None
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    steps = []
    if not signed_in and remedy != Remedy.SIGN_IN:
        page = request.get_full_path() if request.method in ("GET", "HEAD") else page_before(request)
        steps.append((_("Sign in"), f"{reverse('account_login')}?{urlencode({'next': page})}", "login"))
    if remedy != Remedy.CONTACT:
        steps.append(_contact(request))
    return format_html_join("", "{}", ((_button(request, *step, "line"),) for step in steps))


def _contact(request: HttpRequest) -> tuple[str, str, str]:
    """The address of the organisation whose page this is; else the list of them."""
    organisation = getattr(request, "organisation", None)
    if organisation is not None and organisation.email:
        return _("Write to us"), f"mailto:{organisation.email}", "mail"
    return _("Who to write to"), reverse("organisations:list"), "mail"


def _button(request: HttpRequest, label: str, address: str, icon: str, kind: str) -> str:
    given = {"label": label, "address": address, "icon": icon, "kind": kind}
    return render_to_string("people/access/remedy.html", given, request)


def _step(request: HttpRequest, refused: Refused) -> tuple[str, str, str]:
    """Label, address and icon of the next step; empty words where there is none to take."""
    ways = {
        Remedy.SIGN_IN: (_("Sign in"), "account_login", "login"),
        Remedy.CONFIRM_EMAIL: (_("Confirm my e-mail address"), "accounts:confirm-email", "mail"),
        Remedy.VERIFY: (_("Show once who I am"), "access:verify", "id"),
        Remedy.ANSWER: (_("Give the answers"), "access:answers", "pencil"),
    }
    if refused.remedy in ways:
        label, name, icon = ways[refused.remedy]
        asked = [("ask", str(question)) for question in dict(refused.details).get("questions", ())]  # type: ignore[attr-defined]
        return label, f"{reverse(name)}?{urlencode([*asked, ('next', page_before(request))])}", icon
    if refused.remedy == Remedy.CONTACT:
        return _contact(request)
    return "", "", ""


register("refusal.facts", facts)
register("refusal.remedies", remedies)
register("refusal.onward", onward, order=60)
