from .meeting import AgendaItem, Meeting, Series
from .record import Contribution, Minutes, Picture
from .registration import CalendarKey, Needs, Registration, new_code

__all__ = [
    "AgendaItem",
    "CalendarKey",
    "Contribution",
    "Meeting",
    "Minutes",
    "Needs",
    "Picture",
    "Registration",
    "Series",
    "new_code",
]
