"""The screens of staff: one's own files, asking for one, watching it grow, taking it. Each belongs to the person who asked."""

from base64 import b64encode
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.errors import Spoken
from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import ANY_MEMBER, Desk, OrganisationPolicy, StaffViewSet

from .actions import KEPT_FOR, begin_export, cancel_export, open_export
from .enums import ExportState, Sheet
from .models import Export, Terms
from .queries import exports_of

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
SHOWN = 30


class TermsViewSet(StaffViewSet):
    model = Terms
    policy = OrganisationPolicy("organisation", roles=(Role.MANAGER,), view=ANY_MEMBER)
    name = "open_data_terms"
    icon = "openquote"
    menu_label = gettext_lazy("Licences of open data")
    menu_order = 905
    add_to_admin_menu = False
    add_to_settings_menu = True
    form_fields = ["organisation", "licence"]
    list_display = ["organisation", "get_licence_display"]


class OwnDesk(Desk):
    """For whoever works for an organisation, whatever their role: a file belongs to the person who asked for it."""

    any_permission_required = None
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not organisations_of(self.person).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def trail(self) -> list[tuple[str, str]]:
        return []


class ExportsView(OwnDesk):
    """One's own files; and the button of a list, which asks for another."""

    template_name = "opendata/exports/staff/exports.html"
    page_title = gettext_lazy("My exports")

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = request.POST.get("sheet", "")
        asked = {name: value for name, value in QueryDict(request.POST.get("filter", "")).dict().items() if value}
        try:
            made = begin_export(
                dataset=request.POST.get("dataset", ""),
                asked={
                    str(name).replace("\x00", "")[:60]: str(value).replace("\x00", "")[:200]
                    for name, value in asked.items()
                },
                sheet=Sheet(sheet) if sheet in Sheet.values else Sheet.XLSX,
                **self.who,
            )
        except Spoken as refusal:
            messages.error(request, str(refusal.message or refusal.headline))
            return redirect(_back(request))
        return redirect(
            reverse("exports:file" if made.state == ExportState.READY else "exports:export", args=[made.pk])
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        exports = list(exports_of(self.person)[:SHOWN])
        kinds = {export.dataset: export.kind for export in exports if export.kind}
        return {
            **super().get_context_data(**kwargs),
            "exports": exports,
            "days": KEPT_FOR.days,
            "kinds": [kind for _key, kind in sorted(kinds.items())],
        }


def _back(request: HttpRequest) -> str:
    """The list the button stood on, if it is one of ours."""
    back = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if ours else reverse("exports:list")


class OneExport(OwnDesk):
    page_title = gettext_lazy("Export")

    export: Export

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = exports_of(self.person).filter(pk=min(self.kwargs["pk"], 2**62)).first()
        if found is None:
            raise Http404
        self.export = found

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("exports:list"), _("My exports"))]


class ProgressView(OneExport):
    """How far it is. The page asks again by itself until it is over."""

    template_name = "opendata/exports/staff/export.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Cancel it. When it was over in the meantime, the page says so by itself."""
        self.tried(cancel_export, self.export)
        return redirect(reverse("exports:export", args=[self.export.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.export.kind
        return {
            **super().get_context_data(**kwargs),
            "export": self.export,
            "days": KEPT_FOR.days,
            "list": reverse(kind.back) if kind and kind.back else "",
        }


class FileView(OneExport):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        export = self.export
        if export.state != ExportState.READY:
            return redirect(reverse("exports:export", args=[export.pk]))
        open_export(export, **self.who)
        answer = FileResponse(
            export.file.open(), as_attachment=True, filename=export.name, content_type=TYPES[export.ending]
        )
        answer["Cache-Control"] = "private, no-store"
        answer["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(export.sha256)).decode()}:"  # RFC 9530
        return answer
