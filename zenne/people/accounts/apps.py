from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "zenne.people.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from allauth.socialaccount.signals import social_account_added  # noqa: PLC0415 - models are ready only now

        from .adapters import bind_connected  # noqa: PLC0415

        social_account_added.connect(bind_connected, dispatch_uid="accounts.bind_connected")
