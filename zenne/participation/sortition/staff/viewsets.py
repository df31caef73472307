from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import ANY_MEMBER, NOBODY, OrganisationPolicy, StaffViewSet

from ..models import Lottery
from .answers import AnswersView
from .board import BoardView, ListView
from .design import QuotasView, SettingsView, WordsView
from .draws import AnnulView, DrawView, WidenView
from .frame import LettersView
from .pool import PoolFileView, PoolView
from .post import PackedView, PartView, PostView, SpecimenView
from .seats import SeatsView


class LotteryViewSet(StaffViewSet):
    model = Lottery
    policy = OrganisationPolicy(
        "activity__phase__process__organisation",
        roles=(Role.MANAGER,),
        view=ANY_MEMBER,
        add=NOBODY,
        delete=NOBODY,
    )
    name = "lottery"
    url_prefix = "lots"
    icon = "group"
    menu_label = _("Draws by lot")
    menu_order = 116
    form_fields = ["size"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(ListView), name="index"),
            path("<int:pk>/", self.construct_view(BoardView), name="edit"),
            path("<int:pk>/settings/", self.construct_view(SettingsView), name="settings"),
            path("<int:pk>/quotas/", self.construct_view(QuotasView), name="quotas"),
            path("<int:pk>/quotas/<int:category>/", self.construct_view(WordsView), name="category"),
            path("<int:pk>/letters/", self.construct_view(LettersView), name="letters"),
            path("<int:pk>/post/", self.construct_view(PostView), name="post"),
            path("<int:pk>/post/specimen.pdf", self.construct_view(SpecimenView), name="specimen"),
            path("<int:pk>/post/<int:number>.zip", self.construct_view(PackedView), name="printed"),
            path("<int:pk>/post/<int:number>/<int:position>.pdf", self.construct_view(PartView), name="printed_part"),
            path("<int:pk>/answers/", self.construct_view(AnswersView), name="answers"),
            path("<int:pk>/pool/", self.construct_view(PoolView), name="pool"),
            path("<int:pk>/pool/pool.csv", self.construct_view(PoolFileView), name="pool_file"),
            path("<int:pk>/draw/", self.construct_view(DrawView), name="draw"),
            path("<int:pk>/draw/widen/<int:option>/", self.construct_view(WidenView), name="widen"),
            path("<int:pk>/draw/annul/", self.construct_view(AnnulView), name="annul"),
            path("<int:pk>/seats/", self.construct_view(SeatsView), name="seats"),
        ]
