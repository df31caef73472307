"""What followers of a process hear of its draws by lot: when one is committed, drawn or annulled. Numbers only; who is in the pool hears by `writing.py`."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.participation.processes.queries import followers

from .enums import About
from .models import Draw

kinds.register(
    "sortition.committed",
    Kind(
        _("A draw by lot in what I follow is announced"),
        _("The draw of “%(lottery)s” is committed: its odds are public"),
    ),
)
kinds.register(
    "sortition.drawn", Kind(_("A panel in what I follow is drawn"), _("The panel of “%(lottery)s” is drawn"))
)
kinds.register(
    "sortition.annulled",
    Kind(_("A draw by lot is annulled"), _("A draw of “%(lottery)s” was annulled. The reason is on its page")),
)


def told(draw: Draw, about: About, *, now: datetime) -> None:
    lottery = draw.lottery
    notify(
        f"sortition.{about.value}",
        to=followers(lottery.process),
        key=f"lottery-draw:{draw.pk}:{about.value}",
        scope=f"processes.process:{lottery.process.pk}",
        facts={"lottery": in_every_language(lambda: shown(lottery.activity, "title")[0])},
        url=reverse("sortition:draw", args=[lottery.process.slug, lottery.pk, draw.number]),
        now=now,
    )
