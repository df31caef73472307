"""How the moderators of one's organisations work, in numbers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Screen

from ..queries import figures_of


class FiguresView(Screen):
    template_name = "people/moderation/staff/figures.html"
    page_title = gettext_lazy("Moderation in numbers")
    header_icon = "table"

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("moderation_case:index"), _("Moderation"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = list(organisations_of(self.person, Role.MODERATOR)[:30])
        return {
            **super().get_context_data(**kwargs),
            "tables": [(organisation, figures_of(organisations=[organisation.pk])) for organisation in mine],
        }
