"""Files of the list: asking for one, watching it grow, taking it. Each belongs to the person who asked."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions.exporting import KEPT_FOR, begin_export, open_export
from ..enums import ExportState, Sheet
from ..models import Export
from ..queries.staff import Wanted, exports_of
from ..spreadsheet import COLUMNS
from .screens import Screen, list_url, mine

TYPES = {
    Sheet.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Sheet.CSV: "text/csv; charset=utf-8",
}


class ExportsView(Screen):
    """One's own files; and the button of the list, which asks for another."""

    template_name = "participation/ideas/staff/exports.html"
    page_title = gettext_lazy("Exports")
    header_icon = "download"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = request.POST.get("sheet", "")
        asked = Wanted.read(QueryDict(request.POST.get("filter", "")).dict())
        made = begin_export(asked=asked, sheet=Sheet(sheet) if sheet in Sheet.values else Sheet.XLSX, **self.who)
        return redirect(
            reverse("idea:export_file" if made.state == ExportState.READY else "idea:export", args=[made.pk])
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"exports": exports_of(self.person)[:30], "days": KEPT_FOR.days, "columns": COLUMNS}
        return {**super().get_context_data(**kwargs), **context}


class OneExport(Screen):
    page_title = gettext_lazy("Export")
    header_icon = "download"

    export: Export

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.export = mine(exports_of(self.person), self.kwargs["export"])

    def trail(self) -> list[tuple[str, str]]:
        return [(list_url(), _("Ideas")), (reverse("idea:exports"), _("Exports"))]


class ProgressView(OneExport):
    """How far it is. The page asks again by itself until it is over."""

    template_name = "participation/ideas/staff/export.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "export": self.export, "days": KEPT_FOR.days}


class FileView(OneExport):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        export = self.export
        if not export.is_over:
            return redirect(reverse("idea:export", args=[export.pk]))
        open_export(export, **self.who)
        answer = FileResponse(
            export.file.open(), as_attachment=True, filename=export.name, content_type=TYPES[Sheet(export.sheet)]
        )
        answer["Cache-Control"] = "private, no-store"
        return answer
