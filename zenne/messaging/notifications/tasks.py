import logging
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import dumps
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override
from procrastinate.contrib.django import app

from zenne.core import clock, mail

from .queries import waiting_for_mail

logger = logging.getLogger(__name__)

UNSUBSCRIBE = "notifications.unsubscribe"


@app.task(name="notifications.mail", queue="mail", queueing_lock="notifications.mail", lock="notifications.mail")
def mail_waiting() -> None:
    """Mail what waits, one row a transaction: the row is marked before the letter leaves, so a killed worker never doubles one."""
    while True:
        with transaction.atomic():
            waiting = (
                waiting_for_mail().select_for_update(skip_locked=True, of=("self",)).select_related("person").first()
            )
            if waiting is None:
                return
            waiting.mailed_at = clock.now()
            waiting.save(update_fields=["mailed_at"])
        person = waiting.person
        if not person.is_active:
            continue
        token = dumps([person.pk, waiting.kind], salt=UNSUBSCRIBE)
        with override(person.language):
            stop = urljoin(settings.BASE_URL, reverse("notifications:unsubscribe", args=[token]))
            address = urljoin(settings.BASE_URL, waiting.address)
        mail.send(
            "messaging/notifications/mail/notification",
            to=person.email,
            language=person.language,
            context={
                "notification": waiting,
                "address": address,
                "stop": stop,
                "person": person,
            },
            headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
            now=waiting.mailed_at,
        )
