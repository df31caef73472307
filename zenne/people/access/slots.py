"""What a refusal adds to the page that tells it: the facts behind it, and the next step that would help."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
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
            return _("It ends on %(moment)s. The letter that you received says why, and how to appeal.") % {
                "moment": moment(until)
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
    return render_to_string("people/access/remedy.html", {"label": label, "address": address, "icon": icon}, request)


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
        organisation = getattr(request, "organisation", None)
        if organisation is not None and organisation.email:
            return _("Write to us"), f"mailto:{organisation.email}", "mail"
        return _("Who to write to"), reverse("organisations:list"), "mail"
    return "", "", ""


register("refusal.facts", facts)
register("refusal.remedies", remedies)
