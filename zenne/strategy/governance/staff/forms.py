"""What the forms of the desks share."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.organisations.models import Organisation
from zenne.web.fields import Worded


class ReasonForm(Worded):
    """Why, for everyone."""

    def __init__(self, data: Any = None, *, house: Organisation, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.languages = house.languages
        self.ask_words("reason", _("Public reason"), rows=2, most=2000)
