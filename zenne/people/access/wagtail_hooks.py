"""The back office: groups, letters with a code, and the counter."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from zenne.core.errors import Spoken
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record_read
from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import NOBODY, OrganisationPolicy, StaffViewSet

from . import actions
from .forms import CounterForm, GroupForm, LetterForm
from .models import Group, LetterCode


class GroupViewSet(StaffViewSet):
    model = Group
    policy = OrganisationPolicy("organisation", roles=(Role.MANAGER,))
    name = "group"
    icon = "group"
    menu_label = gettext_lazy("Groups")
    menu_order = 610
    list_display = ["name", "organisation", Column("size", label=gettext_lazy("Members"), accessor="size")]
    list_filter = ["organisation"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [FieldPanel("organisation"), FieldPanel("name"), FieldPanel("addresses")], base_form_class=GroupForm
    )

    def prepare(self, form: Any, request: HttpRequest) -> None:
        """The form of a group that exists shows its members' addresses: that is written down."""
        group = form.instance
        if group.pk:
            record_read(
                group.members.all(),
                by=request.user,
                what="group",
                now=request.now,  # type: ignore[attr-defined]
                organisation=group.organisation,
            )

    def create(self, form: Any, *, by: Person, now: datetime) -> Group:
        return self._keep(form, by, now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Group:
        return self._keep(form, by, now)

    def _keep(self, form: Any, by: Person, now: datetime) -> Group:
        return actions.save_group(group=form.save(commit=False), members=form.cleaned_data["addresses"], by=by, now=now)


class CounterView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Somebody stands at the counter with an identity card."""

    any_permission_required = ["add"]
    form_class = CounterForm
    template_name = "people/access/staff/counter.html"
    page_title = gettext_lazy("Check an identity at the counter")
    header_icon = "user"
    model: Any = None

    def get_form_kwargs(self) -> dict[str, Any]:
        mine = organisations_of(self.request.user, Role.MANAGER)  # type: ignore[arg-type]
        return {**super().get_form_kwargs(), "organisations": mine}

    def form_valid(self, form: CounterForm) -> HttpResponse:
        try:
            given = form.cleaned_data
            actions.verify_at_counter(
                by=self.request.user,  # type: ignore[arg-type]
                person=given["email"],
                organisation=given["organisation"],
                national_number=given["national_number"],
                now=self.request.now,  # type: ignore[attr-defined]
            )
        except Spoken as refusal:
            form.add_error(None, str(refusal.message))
            return self.form_invalid(form)
        messages.success(self.request, _("The identity is checked. The number was not kept."))
        return redirect(self.request.path)

    def form_invalid(self, form: CounterForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class LetterViewSet(StaffViewSet):
    model = LetterCode
    policy = OrganisationPolicy("organisation", roles=(Role.MANAGER,), change=NOBODY)
    name = "letter"
    icon = "key"
    menu_label = gettext_lazy("Identity checks")
    menu_order = 615
    list_display = [
        DateColumn("issued_at", label=gettext_lazy("Letter of")),
        "organisation",
        DateColumn("expires_at", label=gettext_lazy("valid until")),
        DateColumn("redeemed_at", label=gettext_lazy("used")),
    ]
    list_filter = ["organisation"]
    edit_handler = ObjectList([FieldPanel("organisation"), FieldPanel("national_number")], base_form_class=LetterForm)

    def prepare(self, form: Any, request: HttpRequest) -> None:
        form.request = request

    def create(self, form: Any, *, by: Person, now: datetime) -> LetterCode:
        """The code is said once, here; then nobody can read it again."""
        given = form.cleaned_data
        letter, code = actions.issue_letter_code(
            by=by, organisation=given["organisation"], national_number=given["national_number"], now=now
        )
        messages.warning(
            form.request, _("Write this code in the letter now, it is shown only once: %(code)s") % {"code": code}
        )
        return letter

    def remove(self, thing: LetterCode, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.withdraw_letter_code(letter=thing, by=by, now=now)

    @cached_property
    def index_view_class(self) -> type:
        return _with_counter(super().index_view_class)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("counter/", self.construct_view(CounterView), name="counter")]


def _with_counter(view: type) -> type:
    class WithCounter(view):  # type: ignore[misc,valid-type]
        @cached_property
        def header_buttons(self) -> list[HeaderButton]:
            counter = HeaderButton(_("At the counter"), url="counter/", icon_name="user")
            return [*super().header_buttons, counter]

    return WithCounter


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewsets() -> list[StaffViewSet]:
    return [GroupViewSet(), LetterViewSet()]
