"""What the staff pages of a draw by lot share."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy

from zenne.core.errors import Spoken
from zenne.participation.processes.rules import stands_in_public
from zenne.people.organisations.staff import Desk, WithForm

from .. import queries
from ..errors import Unfit
from ..models import Lottery
from ..rules import may_manage

# The pages of a draw, in the order of the work.
PAGES = (
    ("edit", pgettext_lazy("draw by lot", "Where it stands")),
    ("settings", gettext_lazy("Settings and letter")),
    ("quotas", gettext_lazy("Categories and quotas")),
    ("letters", gettext_lazy("Drawn letters")),
    ("post", gettext_lazy("Post")),
    ("answers", gettext_lazy("Answers")),
    ("pool", gettext_lazy("Pool")),
    ("draw", gettext_lazy("Draw")),
    ("seats", gettext_lazy("Seats")),
)
WAIT = "4"  # seconds until a page that shows work under way looks again


def url(name: str, lottery: Lottery, *more: int | str) -> str:
    return reverse(f"lottery:{name}", args=[lottery.pk, *more])


class OneLottery(Desk):
    """A page about one draw by lot of the person's organisations."""

    header_icon = "group"

    @cached_property
    def lottery(self) -> Lottery:
        return get_object_or_404(queries.lotteries(), pk=self.kwargs["pk"])

    @property
    def manages(self) -> bool:
        return bool(may_manage(self.person, self.lottery))

    @property
    def public_reason(self) -> bool:
        return stands_in_public(self.lottery.activity, self.request.now)  # type: ignore[attr-defined]

    def get_page_subtitle(self) -> str:
        return str(self.lottery)

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (url("edit", self.lottery), str(self.lottery))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.request.now  # type: ignore[attr-defined]
        context = {
            "lottery": self.lottery,
            "board": url("edit", self.lottery),
            "manages": self.manages,
            "now": now,
            "pages": [(label, url(name, self.lottery), name == self.page_name) for name, label in PAGES],
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}

    page_name = ""


class FormPage(WithForm, OneLottery):
    """A page with one form; what `save` does may be refused, beside the form."""

    any_permission_required = ["change"]
    template_name = "participation/sortition/staff/form.html"

    def blame(self, form: Any, refusal: Spoken) -> None:
        blame(form, refusal)


def blame(form: Any, refusal: Spoken) -> None:
    """Put what was refused beside the field it is about, or above the form."""
    if isinstance(refusal, Unfit):
        for name, words in refusal.faults.items():
            form.add_error(name if name in form.fields else None, words)
    else:
        form.add_error(None, str(refusal.message or refusal.headline))
