from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import ANY_MEMBER, NOBODY, OrganisationPolicy, StaffViewSet

from ..models import Plan
from .frame import ActorsView, ActorView, DomainView, FrameView, ObjectiveView
from .listing import AddProjectView, ProjectsView
from .needs import NeedsView, NeedView
from .plans import AddView, BoardView, ListView, RevisionsView, SettingsView
from .project import CarrierView, HealthView, MergeView, PlacesView, ProjectView, SplitView, StateView
from .rows import RowsView, RowView, VerbView
from .scoring import ScoringView
from .sheet import SheetView
from .versions import HistoryView, VersionsView

ONE = "<int:pk>/projects/<int:number>"


class PlanViewSet(StaffViewSet):
    """Whoever works for the organisation reads; editors and managers write; who carries a project writes its pages, whatever their role."""

    model = Plan
    policy = OrganisationPolicy(
        "organisation", roles=(Role.MANAGER, Role.EDITOR), view=ANY_MEMBER, add=(Role.MANAGER,), delete=NOBODY
    )
    name = "plan"
    url_prefix = "portfolio"
    icon = "clipboard-list"
    menu_label = _("Plans")
    menu_order = 105
    form_fields = ["slug"]

    def get_urlpatterns(self) -> list[URLPattern]:
        pages = {
            "": (ListView, "index"),
            "add/": (AddView, "add"),
            "<int:pk>/": (BoardView, "edit"),
            "<int:pk>/settings/": (SettingsView, "settings"),
            "<int:pk>/revisions/": (RevisionsView, "revisions"),
            "<int:pk>/versions/": (VersionsView, "versions"),
            "<int:pk>/frame/": (FrameView, "frame"),
            "<int:pk>/frame/domains/add/": (DomainView, "domain_add"),
            "<int:pk>/frame/domains/<int:row>/": (DomainView, "domain"),
            "<int:pk>/frame/objectives/add/": (ObjectiveView, "objective_add"),
            "<int:pk>/frame/objectives/<int:row>/": (ObjectiveView, "objective"),
            "<int:pk>/actors/": (ActorsView, "actors"),
            "<int:pk>/actors/<slug:sort>/add/": (ActorView, "actor_add"),
            "<int:pk>/actors/<slug:sort>/<int:row>/": (ActorView, "actor"),
            "<int:pk>/needs/": (NeedsView, "needs"),
            "<int:pk>/needs/add/": (NeedView, "need_add"),
            "<int:pk>/needs/<int:row>/": (NeedView, "need"),
            "<int:pk>/scoring/": (ScoringView, "scoring"),
            "<int:pk>/projects/": (ProjectsView, "projects"),
            "<int:pk>/projects/add/": (AddProjectView, "project_add"),
            f"{ONE}/": (ProjectView, "project"),
            f"{ONE}/sheet/": (SheetView, "sheet"),
            f"{ONE}/places/": (PlacesView, "places"),
            f"{ONE}/health/": (HealthView, "health"),
            f"{ONE}/carrier/": (CarrierView, "carrier"),
            f"{ONE}/merge/": (MergeView, "merge"),
            f"{ONE}/split/": (SplitView, "split"),
            f"{ONE}/changes/": (HistoryView, "changes"),
            f"{ONE}/state/<slug:to>/": (StateView, "state"),
            f"{ONE}/<slug:section>/": (RowsView, "rows"),
            f"{ONE}/<slug:section>/<int:row>/": (RowView, "row"),
            f"{ONE}/<slug:section>/<int:row>/<slug:verb>/": (VerbView, "verb"),
        }
        return [path(route, self.construct_view(view), name=name) for route, (view, name) in pages.items()]
