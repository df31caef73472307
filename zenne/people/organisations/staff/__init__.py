"""The back office's foundation: a policy that keeps organisations apart, and the one base class of every staff screen.

    class ThemeViewSet(StaffViewSet):
        model = Theme
        policy = OrganisationPolicy("process__organisation", roles=(Role.MANAGER,))
        panels = [FieldPanel("process"), *translated_panels("title"), FieldPanel("icon")]
        list_display = ["__str__", "process"]
        update = save_with(actions.save_theme, as_="theme")

Whatever such a viewset shows, offers, exports, saves or deletes is limited to the organisations in which the person has one of the roles.
tests/people/organisations/test_isolation.py tries every address of every registered viewset across two organisations.
"""

from .choices import limit_choices, offer
from .fields import WagtailDayField
from .languages import LanguagePanel, TranslatedPanel, promised_languages, translated_panels
from .meanwhile import Careful, CarefulDesk, carrying, overtaken
from .policies import ANY_MEMBER, NOBODY, PLATFORM, OrganisationPolicy, Roles, held_roles
from .screens import Desk, Screen, WithForm, WithVerbs, blame
from .views import HistoryView
from .viewsets import HISTORY, LIST, StaffChooserViewSet, StaffViewSet, filled, save_with

__all__ = [
    "ANY_MEMBER",
    "HISTORY",
    "LIST",
    "NOBODY",
    "PLATFORM",
    "Careful",
    "CarefulDesk",
    "Desk",
    "HistoryView",
    "LanguagePanel",
    "OrganisationPolicy",
    "Roles",
    "Screen",
    "StaffChooserViewSet",
    "StaffViewSet",
    "TranslatedPanel",
    "WagtailDayField",
    "WithForm",
    "WithVerbs",
    "blame",
    "carrying",
    "filled",
    "held_roles",
    "limit_choices",
    "offer",
    "overtaken",
    "promised_languages",
    "save_with",
    "translated_panels",
]
