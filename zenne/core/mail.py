"""One letter to one person, in their language, as text and as HTML.

A letter is three templates beside each other: `<name>.subject.txt`, `<name>.txt` and `<name>.html`. It leaves at once; when the mail server is
away it waits in the task queue and is tried again, so that no action fails because a mail could not go.

No letter leaves twice. A letter whose conversation with the mail server broke after it began is in doubt, and is not tried again: a
person who misses a sign-in code asks for another one.
"""

import logging
import smtplib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, make_msgid
from textwrap import fill

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils.translation import override
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

logger = logging.getLogger(__name__)

WAITS = (1, 4, 15, 60, 180, 360, 720, 1440)
"""Minutes before each next try of a letter that was not taken; after the last it is given up."""
WIDTH = 78
SIGNATURE = "-- "
ALIVE = 250
GONE = 421  # the server closes the line: its own trouble, not the letter's
_withheld: ContextVar[bool] = ContextVar("letters are withheld", default=False)


@dataclass(frozen=True)
class Written:
    """A letter in its final words."""

    subject: str
    text: str
    html: str


class NotTaken(Exception):
    """The mail server surely does not have the letter. `permanent`: trying again is of no use; `recipient`: it is the address that is
    refused; `away`: the server answers nobody, so that other letters need not be tried now."""

    def __init__(self, reason: str, *, permanent: bool = False, recipient: bool = False, away: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.permanent, self.recipient, self.away = reason, permanent, recipient, away


class InDoubt(Exception):
    """The line broke in the middle: the mail server may have the letter or not."""


@contextmanager
def withheld() -> Iterator[None]:
    """No letter is written inside: for what replays things that happened long ago, such as the demonstration city."""
    token = _withheld.set(True)
    try:
        yield
    finally:
        _withheld.reset(token)


def is_withheld() -> bool:
    """Whether no letter is written just now."""
    return _withheld.get()


def write(name: str, *, language: str, context: Mapping[str, object]) -> Written:
    """The letter `name` in `language`. Header injection is impossible: the subject is folded to one line. The HTML is given it as `heading`, for
    letters that have no other title."""
    with override(language):
        filled = {**context, "language": language, "base_url": settings.BASE_URL}
        subject = " ".join(_plain(f"{name}.subject.txt", filled).split())
        filled["heading"] = subject
        return Written(
            subject=subject,
            text=wrapped(_plain(f"{name}.txt", filled).strip()) + "\n",
            html=render_to_string(f"{name}.html", filled),
        )


def _plain(template: str, filled: Mapping[str, object]) -> str:
    """A template of plain text, where nothing is escaped for HTML."""
    return Engine.get_default().get_template(template).render(Context(filled, autoescape=False))


def domain() -> str:
    """Where the sender of letters is at home."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"


def wrapped(text: str) -> str:
    """Plain text in lines of at most 78 characters (RFC 5322, 2.1.1), addresses whole, and never two empty lines together."""
    lines: list[str] = []
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip(" "))]
        line = line.rstrip() if line != SIGNATURE else line
        hanging = indent + ("  " if line.lstrip().startswith("- ") else "")
        fold = len(line) > WIDTH and " " in line.strip()
        folded = fill(line, WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)
        if line or (lines and lines[-1]):
            lines += folded.splitlines() if fold else [line]
    return "\n".join(lines)


def hand_over(
    written: Written, *, to: str, headers: Mapping[str, str], line: BaseEmailBackend, bounces_to: str = ""
) -> None:
    """Hand one letter to the mail server over an open line (`open_line`). `bounces_to` is where reports of failed
    delivery go (the envelope's sender). Raises NotTaken when the server surely does not have it, InDoubt when nobody can know."""
    message = EmailMultiAlternatives(subject=written.subject, body=written.text, to=[to], headers=dict(headers))
    if bounces_to:
        message.extra_headers["From"] = message.from_email
        message.from_email = bounces_to
    message.attach_alternative(written.html, "text/html")
    try:
        line.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise NotTaken(_said(code, said), permanent=code >= 500, recipient=True, away=code == GONE) from error
    except smtplib.SMTPSenderRefused as error:
        raise NotTaken(_said(error.smtp_code, error.smtp_error), away=True) from error
    except smtplib.SMTPResponseException as error:
        code = error.smtp_code
        raise NotTaken(_said(code, error.smtp_error), permanent=code >= 500, away=code == GONE) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotTaken(str(error), permanent=True) from error
    except (OSError, smtplib.SMTPException) as error:
        raise InDoubt(type(error).__name__) from error


def open_line(line: BaseEmailBackend) -> None:
    """Make sure that somebody is at the other end: a line that the server closed meanwhile is opened again. Raises NotTaken."""
    smtp = getattr(line, "connection", None)
    try:
        if smtp is not None:
            try:
                alive = smtp.noop()[0] == ALIVE
            except (OSError, smtplib.SMTPException):
                alive = False
            if not alive:
                hang_up(line)
        line.open()
    except (OSError, smtplib.SMTPException) as error:
        hang_up(line)
        raise NotTaken(f"{type(error).__name__}: {error}"[:300], away=True) from error


def hang_up(line: BaseEmailBackend) -> None:
    """End the conversation, however broken it is."""
    try:
        line.close()
    except (OSError, smtplib.SMTPException):
        logger.debug("the mail server had hung up already")
    if hasattr(line, "connection"):
        line.connection = None


def _said(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"[:300]


def send(
    name: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, object],
    now: datetime,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Write the letter `name` in `language` and send it at once."""
    if is_withheld():
        return
    written = write(name, language=language, context=context)
    letter = {"subject": written.subject, "text": written.text, "html": written.html, "to": to}
    usual = {
        "Message-ID": make_msgid(domain=domain()),  # never the name of the machine
        "Content-Language": language,
        "Date": format_datetime(now),
        "Auto-Submitted": "auto-generated",
    }  # RFC 3834: no absence answers it
    _try(letter, {**usual, **(headers or {})}, 0)


@app.task(name="core.mail.deliver", queue="mail", pass_context=True)
def deliver(
    context: JobContext, *, subject: str, text: str, html: str, to: str, headers: dict[str, str], tried: int = 1
) -> None:
    """Try once more. A worker that was killed at it may have handed the letter over: the job that comes back from it
    (the queue counts its attempts) does not speak with the mail server again."""
    if context.job.attempts:
        logger.error("a letter is in doubt: the worker that was sending it was killed; it is not sent again")
        return
    _try({"subject": subject, "text": text, "html": html, "to": to}, headers, tried)


def _try(letter: dict[str, str], headers: dict[str, str], tried: int) -> None:
    written = Written(subject=letter["subject"], text=letter["text"], html=letter["html"])
    line = get_connection()
    try:
        open_line(line)
        hand_over(written, to=letter["to"], headers=headers, line=line)
    except NotTaken as error:
        if error.permanent or tried >= len(WAITS):
            logger.warning("a letter was refused: %s", error.reason)
            return
        logger.warning("a letter waits for its next try: %s", error.reason)
        deliver.configure(schedule_in={"minutes": WAITS[tried]}).defer(
            **letter, headers=dict[str, JSONValue](headers), tried=tried + 1
        )
    except InDoubt as doubt:
        logger.warning("a letter is in doubt, the line broke: %s", doubt)
    finally:
        hang_up(line)
