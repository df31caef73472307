"""The one kind of activity that processes brings itself: something to read, with nothing to do in it."""

from django.utils.translation import gettext_lazy as _

from .kinds import ActivityKind, kinds

kinds.register(
    "information", ActivityKind(label=_("Information"), icon="info-circle", defaults={}, rule=lambda activity: {})
)
