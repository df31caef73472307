"""A real mail server for tests: what arrives has travelled by SMTP."""

import email.policy
import re
import socket
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """Everything that arrived, oldest first."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.senders: list[str] = []
        self.answers: dict[str, str] = {}  # what the server says instead of yes, by the recipient's address

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: object, _session: object, envelope: object, address: str, _options: object
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802 - aiosmtpd's name
        self.senders.append(envelope.mail_from)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.messages.append(message)
        return "250 OK"

    def __len__(self) -> int:
        return len(self.messages)

    def __iter__(self) -> Iterator[EmailMessage]:
        return iter(self.messages)

    def __getitem__(self, index: int) -> EmailMessage:
        return self.messages[index]

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if address in str(message["To"])]

    def text(self, index: int = -1) -> str:
        """The plain text of one message; the last by default."""
        body = self.messages[index].get_body(("plain",))
        return body.get_content() if body else ""

    def links(self, index: int = -1) -> list[str]:
        return re.findall(r"https?://[^\s>)\"]+", self.text(index))

    def clear(self) -> None:
        self.messages.clear()


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """The inbox of a local SMTP server that the platform sends to during the test."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.MAIL_LETTERS_PER_MINUTE = 100_000
    yield box
    server.stop()
