"""The back office: every member may look areas up; platform administrators bring them in from a file, after a preview."""

import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from zenne.core.errors import Spoken
from zenne.people.organisations.staff import ANY_MEMBER, NOBODY, PLATFORM, OrganisationPolicy, StaffViewSet

from .actions import Outcome, import_areas, plan_import
from .enums import AreaKind
from .forms import ImportForm
from .models import Area
from .reading import Fields, Reading, properties_of, read, rows_of

WAITING = "areas.import"  # in the session: the file between preview and import, and how it is to be read
MOST_SHOWN = 200


class ImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """First what would change, then the same again for real."""

    any_permission_required = ["import"]
    model: Any = None
    template_name = "places/areas/staff/import.html"
    page_title = gettext_lazy("Import areas")
    header_icon = "upload"
    index_url_name = ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Areas")},
            {"url": "", "label": str(self.page_title)},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("step") == "import":
            return self._import(request)
        form = ImportForm(request.POST, request.FILES)
        outcome = self._preview(request, form) if form.is_valid() else None
        context = self.get_context_data(form=form, outcome=outcome)
        return self.render_to_response(context, status=200 if outcome else 422)

    def _preview(self, request: HttpRequest, form: ImportForm) -> Outcome | None:
        given = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        content = form.cleaned_data["file"].read()
        try:
            reading = self._read(content, given, form)
        except Spoken as error:
            form.add_error("file", str(error.message))
            return None
        if reading is None:
            return None
        self._forget(request)
        name = storages["uploads"].save(f"imports/{secrets.token_urlsafe(24)}", ContentFile(content))
        request.session[WAITING] = {"name": name, "given": given}
        return plan_import(AreaKind(given["kind"]), reading.records, faults=reading.faults)

    @staticmethod
    def _read(content: bytes, given: dict[str, str], form: ImportForm | None = None) -> Reading | None:
        rows = rows_of(content, layer=given["layer"])
        columns = properties_of(rows)
        fields = {name: given[name] for name in Fields.__dataclass_fields__}
        unknown = [name for name, column in fields.items() if column and column not in columns]
        for name in unknown:
            if form is not None:
                form.add_error(
                    name, _("The file has no such column. It has: %(columns)s.") % {"columns": ", ".join(columns[:40])}
                )
        return None if unknown else read(rows, Fields(**fields))

    def _import(self, request: HttpRequest) -> HttpResponse:
        waiting = request.session.get(WAITING)
        if not waiting or not storages["uploads"].exists(waiting["name"]):
            messages.error(request, _("The file is no longer here. Choose it again."))
            return HttpResponseRedirect(request.path)
        with storages["uploads"].open(waiting["name"]) as file:
            reading = self._read(file.read(), waiting["given"])
        assert reading is not None
        kind = AreaKind(waiting["given"]["kind"])
        outcome = import_areas(kind, reading.records, by=request.user, now=request.now, faults=reading.faults)  # type: ignore[arg-type,attr-defined]
        self._forget(request)
        counts = {"created": len(outcome.created), "changed": len(outcome.changed), "left_out": len(outcome.faults)}
        messages.success(request, _("Imported: %(created)d new, %(changed)d changed, %(left_out)d left out.") % counts)
        return HttpResponseRedirect(reverse(self.index_url_name))

    @staticmethod
    def _forget(request: HttpRequest) -> None:
        if waiting := request.session.pop(WAITING, None):
            storages["uploads"].delete(waiting["name"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        outcome = kwargs.get("outcome")
        lines = list(outcome.changed.items())[:MOST_SHOWN] if outcome else []
        changed = [(code, [Area._meta.get_field(name).verbose_name for name in names]) for code, names in lines]
        faults = outcome.faults[:MOST_SHOWN] if outcome else []
        return {
            **super().get_context_data(**kwargs),
            "form": kwargs.get("form") or ImportForm(),
            "changed": changed,
            "faults": faults,
        }


class AreaIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Area]:
        return super().get_base_queryset().defer("outline", "parent__outline").select_related("parent")

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = super().header_buttons
        if self.viewset.policy.user_has_permission(self.request.user, "import"):
            buttons.append(
                HeaderButton(_("Import areas"), url=reverse(self.viewset.get_url_name("import")), icon_name="upload")
            )
        return buttons


class AreaViewSet(StaffViewSet):
    model = Area
    policy = OrganisationPolicy(
        None, roles=ANY_MEMBER, add=NOBODY, change=NOBODY, delete=NOBODY, **{"import": PLATFORM}
    )
    name = "area"
    icon = "site"
    menu_label = gettext_lazy("Areas")
    menu_order = 900
    form_fields = ["name_fr", "name_nl"]
    index_view_class = AreaIndexView
    list_filter = ["kind"]
    search_fields = ["name_fr", "name_nl", "code"]
    list_export = ["kind", "code", "name_fr", "name_nl", "parent", "population", "population_at"]
    ordering = ["kind", "code"]

    @property
    def list_display(self) -> list[Any]:  # type: ignore[override]
        return [
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            Column("code", label=_("Official code"), sort_key="code"),
            Column("name_fr", label=_("Name in French"), sort_key="name_fr"),
            Column("name_nl", label=_("Name in Dutch"), sort_key="name_nl"),
            Column("parent", label=_("Part of")),
            Column("postcodes", label=_("Postcodes"), accessor=lambda area: ", ".join(area.postcodes)),
            Column("population", label=_("Inhabitants"), sort_key="population"),
        ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("import/", self.construct_view(ImportView), name="import")]


@hooks.register("register_admin_viewset")
def areas_desk() -> AreaViewSet:
    return AreaViewSet()
