"""Who asks for a page, and what they take of it."""

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
