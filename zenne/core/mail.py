"""One letter to one person, in their language, as text and as HTML.

A letter is three templates beside each other: `<name>.subject.txt`, `<name>.txt` and `<name>.html`. It leaves at once; when the mail server is
away it waits in the task queue and is tried again, so that no action fails because a mail could not go.
"""

import logging
import smtplib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

logger = logging.getLogger(__name__)

PATIENCE = RetryStrategy(max_attempts=12, exponential_wait=4)
_withheld: ContextVar[bool] = ContextVar("letters are withheld", default=False)


@contextmanager
def withheld() -> Iterator[None]:
    """No letter is written inside: for what replays things that happened long ago, such as the demonstration city."""
    token = _withheld.set(True)
    try:
        yield
    finally:
        _withheld.reset(token)


def is_withheld() -> bool:
    return _withheld.get()


def send(
    name: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, object],
    now: datetime,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Write the letter `name` in `language` and send it. Header injection is impossible: the subject is folded to one line."""
    if is_withheld():
        return
    with override(language):
        filled = {**context, "language": language, "base_url": settings.BASE_URL}
        letter: dict[str, Any] = {
            "subject": " ".join(render_to_string(f"{name}.subject.txt", filled).split()),
            "text": render_to_string(f"{name}.txt", filled).strip() + "\n",
            "html": render_to_string(f"{name}.html", filled),
            "to": to,
            "headers": {"Content-Language": language, "Date": format_datetime(now), **(headers or {})},
        }
    try:
        deliver(**letter)
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("a mail waits for its next try: %s", type(error).__name__)
        deliver.defer(**letter)


@app.task(name="core.mail.deliver", queue="mail", retry=PATIENCE)
def deliver(*, subject: str, text: str, html: str, to: str, headers: dict[str, str]) -> None:
    """Hand one written letter to the mail server. Raises OSError or SMTPException when it is not taken."""
    message = EmailMultiAlternatives(subject=subject, body=text, to=[to], headers=headers)
    message.attach_alternative(html, "text/html")
    message.send()
