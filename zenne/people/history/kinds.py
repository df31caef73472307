"""The words of events. Each app declares those that it records from its own `events.py`; history knows none by name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zenne.core.registry import Registry

events: Registry[str | Promise] = Registry("events")

#: A member of staff was shown somebody's personal data.
READ = "person.read"

# what any screen of the back office may do with any thing
PLAIN = {"created": _("Created"), "changed": _("Changed"), "deleted": _("Deleted")}


def in_words(event: str) -> str:
    """What staff read for `event`; a code without words says at least which verb it was."""
    verb = event.rpartition(".")[2]
    return str(events.get(event) or PLAIN.get(verb) or verb.replace("_", " ").replace("-", " ").capitalize())
