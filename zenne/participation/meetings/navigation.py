"""The way to the calendar, and to one's own meetings."""

from django.utils.translation import gettext_lazy as _

from zenne.web.navigation import Entry, Place, register

register(Entry(Place.MAIN, _("Meetings"), "meetings:calendar", order=20))
register(Entry(Place.ACCOUNT, _("My meetings"), "meetings:mine", icon="calendar-event", order=30))
