"""Pages of a viewset that are neither list, form nor confirmation of one row."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from zenne.core.errors import Spoken
from zenne.core.numbers import key_of
from zenne.people.accounts.models import Person

Row = TypeVar("Row", bound=Model)
SAME_NAMES: Mapping[str, str] = MappingProxyType({})


class Screen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page of the viewset it is registered with; `trail` is what stands before it in the breadcrumbs: the viewset's list."""

    any_permission_required: list[str] | None = ["view"]
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
            {"url": "", "label": str(self.page_title), "sublabel": self.get_page_subtitle()},
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
            messages.success(self.request, str(done))
        return None

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


class WithForm:
    """For a desk with one form: `form(data)` makes it, `save(form)` does what it asks and gives the address to go to, `done` is said there.

    What is refused stands beside the form. `fields` says how the form names what the verb names otherwise.
    """

    form: Callable[..., Any]
    save: Callable[[Any], str]
    page: Callable[..., HttpResponse]
    done: Any = ""
    fields = SAME_NAMES

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(form=self.form())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        return self.kept(form) if form.is_valid() else self.page(form=form, status=422)

    def kept(self, form: Any) -> HttpResponse:
        """Do what a valid form asks, and go on; or say beside it why not."""
        try:
            where = self.save(form)
        except Spoken as refusal:
            return self.refused(form, refusal)
        if self.done:
            messages.success(self.request, str(self.done))  # type: ignore[attr-defined]
        return redirect(where)

    def refused(self, form: Any, refusal: Spoken) -> HttpResponse:
        self.blame(form, refusal)
        return self.page(form=form, status=422)

    def blame(self, form: Any, refusal: Spoken) -> None:
        blame(form, refusal, self.fields)


class WithVerbs:
    """For a desk whose buttons each send one `verb`: `verbs()` says what each does, in the words that answer it, and `back()` where to go then.

    `forms` are those that some verbs ask for, by verb, each made of `typed(verb)`; such a verb is given its form, and what is refused stands beside it. What else is
    refused is said on the page.
    """

    verbs: Callable[[], Mapping[str, Callable[..., str]]]
    back: Callable[[], str]
    page: Callable[..., HttpResponse]
    request: HttpRequest

    @cached_property
    def forms(self) -> dict[str, Any]:
        return {}

    def typed(self, *verbs: str) -> QueryDict | None:
        """What was typed, if it was for one of these verbs."""
        return self.request.POST if self.request.POST.get("verb") in verbs else None

    def item(self, rows: QuerySet[Row]) -> Row:
        """The one of these rows that the button names."""
        found = rows.filter(pk=key_of(self.request.POST.get("item"))).first()
        if found is None:
            raise Spoken(_("It is no longer there."))
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("verb", "")
        do, form = self.verbs().get(verb), self.forms.get(verb)
        if do is None:
            return redirect(self.back())
        if form is not None and not form.is_valid():
            return self.page(status=422)
        try:
            said = do() if form is None else do(form)
        except Spoken as refusal:
            if form is not None and refusal.status != HTTPStatus.FORBIDDEN:  # who may not has no form before them
                blame(form, refusal)
                return self.page(status=422)
            messages.error(request, str(refusal.message or refusal.headline))
        else:
            if said:
                messages.success(request, str(said))
        return redirect(self.back())


def blame(form: Any, refusal: Spoken, fields: Mapping[str, str] = SAME_NAMES) -> None:
    """Put a refusal beside the field it is about, where it names one, else above the form."""
    said = getattr(refusal, "field", "")
    field = fields.get(said, said)
    form.add_error(field if field in form.fields else None, str(refusal.message or refusal.headline))
