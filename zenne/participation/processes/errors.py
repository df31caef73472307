"""What can be wrong with what staff ask for, said in words and, where there is one, beside the field it is about."""

from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Invalid, Words

if TYPE_CHECKING:
    from .gaps import Gap


class Faulty(Invalid):
    """One value cannot be taken. `field` is the name of the form field it belongs to, or empty for the whole form."""

    field = ""
    words: Words = _("This value cannot be taken.")

    def __init__(self, *, field: str = "") -> None:
        super().__init__(self.words)
        self.field = field or self.field


class AddressTaken(Faulty):
    code = "address-taken"
    field = "slug"
    words = _("This address is already in use. Choose another one.")


class AddressIsKept(Faulty):
    code = "address-is-kept"
    field = "slug"
    words = _("The address was published and can no longer change: people may have kept or printed it.")


class EndsBeforeItBegins(Faulty):
    code = "ends-before-it-begins"
    field = "closes_at"
    words = _("It must close after it opens.")


class PhasesOutOfOrder(Faulty):
    code = "phases-out-of-order"
    field = "opens_at"
    words = _("Phases follow each other: this one cannot open before the phase above it, nor after the one below it.")


class OutsideItsPhase(Faulty):
    code = "outside-its-phase"
    field = "opens_at"
    words = _("An activity opens and closes within its phase.")


class HasOpened(Faulty):
    code = "has-opened"
    field = "opens_at"
    words = _("It has opened: the moment of opening is a fact and can no longer change.")


class ClosesInThePast(Faulty):
    code = "closes-in-the-past"
    field = "closes_at"
    words = _("It is open now and cannot be closed in the past. Choose a later moment.")


class NotLater(Faulty):
    code = "not-later"
    field = "closes_at"
    words = _("An extension closes later than before.")


class ReasonNeeded(Faulty):
    code = "reason-needed"
    field = "reason"
    words = _("It has opened, so this change is public: give the reason that residents will read.")


class PartOfTheRecord(Conflict):
    """Something that happened in public cannot be made never to have happened."""

    code = "part-of-the-record"

    def __init__(self) -> None:
        super().__init__(_("It has opened and is part of the public record: it can be closed, not removed."))


class WrongState(Conflict):
    code = "wrong-state"

    def __init__(self) -> None:
        super().__init__(_("This cannot be done in the present state."))


class Incomplete(Invalid):
    """A promised language, or something a process cannot do without, is missing. `gaps` says what, one by one."""

    code = "incomplete"
    headline = _("Something is still missing")

    def __init__(self, gaps: list["Gap"]) -> None:
        super().__init__(format_lazy("{} {}", _("Still missing:"), "; ".join(map(str, gaps))))
        self.gaps = gaps
