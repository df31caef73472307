"""Pages of a viewset that are neither list, form nor confirmation of one row."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from zenne.core.errors import Spoken
from zenne.people.accounts.models import Person


class Screen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page of the viewset it is registered with; `trail` is what stands before it in the breadcrumbs: the viewset's list."""

    any_permission_required = ["view"]
    model: Any = None
    viewset: Any = None
    filters: Any = None
    page_title: Any = ""
    header_icon = "comment"
    request: HttpRequest

    @property
    def who(self) -> dict[str, Any]:
        """Who does it, and when: what every verb asks."""
        return {"by": self.person, "now": self.request.now}  # type: ignore[attr-defined]

    @property
    def person(self) -> Person:
        return self.request.user  # type: ignore[return-value]

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse(self.viewset.get_url_name("index")), str(self.viewset.menu_label))]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            *({"url": url, "label": label} for url, label in self.trail()),
            {"url": "", "label": str(self.page_title)},
        ]


class Desk(Screen):
    """A page from which verbs are called: what refuses is said on it."""

    def tried(self, verb: Callable[..., object], *given: Any, done: Any = "", **more: Any) -> Spoken | None:
        """Do it and say so; or say why not, and hand the refusal back."""
        try:
            verb(*given, **more, **self.who)
        except Spoken as refusal:
            messages.error(self.request, str(refusal.message or refusal.headline))
            return refusal
        if done:
            messages.success(self.request, done)
        return None

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


class WithForm:
    """For a desk with one form: `form(data)` makes it, `save(form)` does what it asks and gives the address to go to. What is refused stands beside the form."""

    form: Callable[..., Any]
    save: Callable[[Any], str]
    page: Callable[..., HttpResponse]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(form=self.form())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                return redirect(self.save(form))
            except Spoken as refusal:
                self.blame(form, refusal)
        return self.page(form=form, status=422)

    def blame(self, form: Any, refusal: Spoken) -> None:
        form.add_error(None, str(refusal.message or refusal.headline))
