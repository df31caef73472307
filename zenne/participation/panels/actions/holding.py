"""What the verbs share: how a panel and its seats are held, how words are set, how history is written, how the group is filled.

Locks are taken in one order: the panel, then seats, then what lies in the room.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core.languages import LANGUAGES, attribute
from zenne.people.access.answers import require
from zenne.people.access.models import Group
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from ..enums import PanelState, SeatState
from ..errors import Ended
from ..models import Panel, Seat
from ..queries import panels
from ..rules import day_of, may_write, seat_of

Words = Mapping[str, str]


def held(panel: Panel) -> Panel:
    """The panel as it is now, held until the end of the transaction."""
    return panels().select_for_update(of=("self",)).get(pk=panel.pk)


def held_at_work(panel: Panel) -> Panel:
    panel = held(panel)
    if panel.state != PanelState.AT_WORK:
        raise Ended(_("This panel has ended."))
    return panel


def held_seat(seat: Seat) -> Seat:
    """One seat with its panel, both held."""
    panel = held(seat.panel)
    found = Seat.objects.select_for_update(of=("self",)).select_related("term", "person").get(pk=seat.pk)
    found.panel = panel
    return found


def voice(panel: Panel, by: Person, now: datetime) -> Seat | None:
    """Who speaks: the seat of whoever sits, None for the secretariat. Raises NotAllowed for everybody else, and once the panel has ended."""
    require(may_write(by, panel, now))
    return seat_of(by, panel, now)


def write(thing: Model, **words: Words | None) -> list[str]:
    """Set translated fields; which of them changed."""
    changed = []
    for field, said in words.items():
        for language, text in (said or {}).items():
            name = attribute(field, language)
            if language in LANGUAGES and (getattr(thing, name, None) or "") != text.strip():
                setattr(thing, name, text.strip())
                changed.append(name)
    return changed


def fill_group(panel: Panel, now: datetime) -> None:
    """The panel's group holds exactly those who sit today and have an account."""
    today = day_of(now)
    sitting = Seat.objects.filter(
        panel=panel, state=SeatState.SEATED, term__begins_on__lte=today, term__ends_on__gte=today
    ).exclude(person=None)
    panel.group.members.set(Person.objects.filter(pk__in=sitting.values("person")))


def new_group(panel: Panel, names: Sequence[str]) -> Group:
    """A group of its own under the panel's name, numbered where another has that name already.

    A group has one name, read in every language ("for members of ..."): it bears the panel's in all of them, or in the first where that is too long.
    """
    name = " / ".join(names)
    name = name if len(name) <= 110 else names[0]
    organisation = panel.process.organisation
    taken = set(Group.objects.filter(organisation=organisation).values_list("name", flat=True))
    free = (f"{name[:110]} ({number})" if number > 1 else name[:120] for number in range(1, len(taken) + 3))
    return Group.objects.create(organisation=organisation, name=next(each for each in free if each not in taken))


def note(event: str, about: Model, panel: Panel, by: Person | None, now: datetime, **details: object) -> None:
    history.record(
        event,
        by=by,
        now=now,
        about=about,
        organisation=panel.process.organisation,
        details={"panel": panel.pk, **details},
    )
