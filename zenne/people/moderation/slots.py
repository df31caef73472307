"""What moderation adds to the page of a refusal: whoever is kept out reads why, until when, and how to appeal."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from zenne.core.errors import Spoken
from zenne.people.access.answers import NotAllowed
from zenne.web.slots import register

from .queries import block_behind


def block(request: HttpRequest, error: Spoken) -> str:
    key = block_behind(error.refused) if isinstance(error, NotAllowed) else None
    if key is None:
        return ""
    address = reverse("moderation:block", args=[key])
    return render_to_string("people/moderation/why_kept_out.html", {"address": address}, request)


register("refusal.remedies", block, order=20)
