from django.utils.translation import gettext_lazy as _

from zenne.web.navigation import Entry, Place, register

register(Entry(Place.ACCOUNT, _("My profile"), "accounts:profile", icon="user", order=40))
register(Entry(Place.ACCOUNT, _("Security"), "accounts:security", icon="shield-check", order=50))
register(Entry(Place.ACCOUNT, _("My data"), "accounts:my-data", icon="file-text", order=60))
