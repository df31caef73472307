from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvicesConfig(AppConfig):
    name = "zenne.participation.advices"
    label = "advices"
    verbose_name = _("Advices")
