from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import ANY_MEMBER, NOBODY, OrganisationPolicy, StaffViewSet

from ..models import Vote
from .board import BoardView, ListView
from .desk import DeskView
from .paper import BatchesView, BatchView, SheetsView
from .reading import DifferingView, KeyView
from .results import AnnulView, ResultsView
from .setup import ContributorView, DistrictView, OptionsView, OptionView, SettingsView


class VoteViewSet(StaffViewSet):
    model = Vote
    policy = OrganisationPolicy(
        "activity__phase__process__organisation",
        roles=(Role.MANAGER,),
        view=ANY_MEMBER,
        add=NOBODY,
        delete=NOBODY,
    )
    name = "vote"
    url_prefix = "votes"
    icon = "tick-inverse"
    menu_label = _("Votes")
    menu_order = 114
    form_fields = ["quorum"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(ListView), name="index"),
            path("<int:pk>/", self.construct_view(BoardView), name="edit"),
            path("<int:pk>/settings/", self.construct_view(SettingsView), name="settings"),
            path("<int:pk>/options/", self.construct_view(OptionsView), name="options"),
            path("<int:pk>/options/<int:number>/", self.construct_view(OptionView), name="option"),
            path("<int:pk>/groups/<int:number>/", self.construct_view(DistrictView), name="district"),
            path("<int:pk>/contributors/<int:number>/", self.construct_view(ContributorView), name="contributor"),
            path("<int:pk>/results/", self.construct_view(ResultsView), name="results"),
            path("<int:pk>/annul/", self.construct_view(AnnulView), name="annul"),
            path("<int:pk>/counter/", self.construct_view(DeskView), name="desk"),
            path("<int:pk>/paper/", self.construct_view(BatchesView), name="batches"),
            path("<int:pk>/paper/<int:number>/", self.construct_view(BatchView), name="batch"),
            path("<int:pk>/paper/<int:number>/sheets/", self.construct_view(SheetsView), name="sheets"),
            path("<int:pk>/paper/<int:number>/key/<int:reading>/", self.construct_view(KeyView), name="key"),
            path("<int:pk>/paper/<int:number>/differing/", self.construct_view(DifferingView), name="differing"),
        ]
