"""Who asks for a page, and what they take of it."""

from typing import Any

from django.conf import settings
from django.test import Client


def signed_in(person: object = None, **options: object) -> Client:
    """A browser-like client that this person is signed in with; of a visitor, where it is nobody."""
    client = Client(**options)
    if person is not None:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def streamed(answer: object) -> str:
    """The words of a file that comes in pieces."""
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def typed(form: Any, **more: object) -> dict[str, object]:
    """What a browser sends of a form, with what it showed; `more` by the name of the field."""
    return {**boxes(form), "as_read": form.as_read, **{form.add_prefix(name): value for name, value in more.items()}}


def boxes(form: Any) -> dict[str, object]:
    """The same without what it showed."""
    found: dict[str, object] = {}
    for field in form:
        value = field.value()
        shown = field.field.widget.format_value(value)
        if isinstance(value, bool):
            found |= {field.html_name: "on"} if value else {}
        elif shown not in (None, "", []):
            found[field.html_name] = shown
    return found
