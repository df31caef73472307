"""What every view begins with: the panel at an address, and the one door of its room."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zenne.core.errors import NotFound, Spoken
from zenne.participation.processes.rules import may_see
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import wear

from ..models import Panel
from ..queries import panels
from ..rules import may_enter
from ..showing import Room


def panel_at(request: HttpRequest, slug: str, pk: int) -> Panel:
    """The panel at this address. Raises NotFound when it isn't there, or its process not for this visitor."""
    found = panels().filter(pk=pk, process__slug=slug).first()
    if found is None or not may_see(request.user, found.process, preview_key=request.GET.get("preview", "")):
        raise NotFound(_("There is no panel at this address."))
    wear(request, found.process.organisation)
    return found


def in_room(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The door of every private page: members who sit today and the secretariat. `view` is given the Room instead of its address."""

    @never_cache
    @wraps(view)
    def door(request: HttpRequest, process: str, pk: int, **more: Any) -> HttpResponse:
        panel = panel_at(request, process, pk)
        if not isinstance(request.user, Person):
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        now = request.now  # type: ignore[attr-defined]
        require(may_enter(request.user, panel, now))
        response = view(request, Room.of(panel, request.user, now), **more)
        response["X-Robots-Tag"] = "noindex"
        return response

    return door


def who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "now": request.now}  # type: ignore[attr-defined]


def told(form: Any, refusal: Spoken) -> None:
    """A refusal beside the field it is about, where the form has it."""
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal.message or refusal.headline))


def found(rows: Any, pk: int) -> Any:
    """A row of this very panel. Raises NotFound."""
    one = rows.filter(pk=pk).first()
    if one is None:
        raise NotFound(_("It is no longer there."))
    return one
