"""The file of drawn letters: given, read, looked at, written; then the letters are sent."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken

from .. import actions, plans, queries, wording
from ..enums import ImportState, Known, LotteryState
from ..models import Import
from ..reading import MOST_BYTES, MOST_SHOWN
from ..rules import gaps
from .board import MISSING
from .forms import FileForm
from .screens import WAIT, OneLottery, url

UNDER_WAY = (ImportState.READING, ImportState.WRITING)


class LettersView(OneLottery):
    any_permission_required = ["change"]
    template_name = "participation/sortition/staff/letters.html"
    page_title = gettext_lazy("Drawn letters")
    page_name = "letters"
    header_icon = "mail"

    @property
    def file(self) -> Import | None:
        return Import.objects.filter(lottery=self.lottery).order_by("-pk").first()

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._looked(self.page())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        verb, lottery = request.POST.get("verb", ""), self.lottery
        if verb == "read":
            return self._given(FileForm(request.POST, request.FILES))
        if verb in ("write", "discard"):
            file = get_object_or_404(Import, pk=getattr(self.file, "pk", 0))
            self.tried(actions.write_letters if verb == "write" else actions.discard_letters, file)
        elif verb == "unframe":
            self.tried(actions.unframe, lottery, done=_("The letters are taken out again."))
        elif verb == "send":
            self.tried(actions.send_letters, lottery, done=_("The letters are sent. Who has a code can answer."))
        return redirect(url("letters", lottery))

    def _given(self, form: FileForm) -> HttpResponse:
        if not form.is_valid():
            return self.page(form=form, status=422)
        file = form.cleaned_data["file"]
        try:
            content = file.read(MOST_BYTES + 1)
            actions.read_letters(self.lottery, name=file.name, content=content, **self.who)
        except Spoken as refusal:
            form.add_error("file", str(refusal.message or refusal.headline))
            return self.page(form=form, status=refusal.status)
        return redirect(url("letters", self.lottery))

    def _looked(self, answer: HttpResponse) -> HttpResponse:
        file = self.file
        if file is not None and file.state in UNDER_WAY:
            answer["Refresh"] = WAIT
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lottery, file = self.lottery, self.file
        categories = queries.categories(lottery)
        registered = [category for category in categories if category.known == Known.REGISTER]
        names = {
            (category.key, feature.key): (str(category), str(feature))
            for category in categories
            for feature in category.features.all()
        }
        preview = file.preview if file and file.state in (ImportState.READ, ImportState.WRITING) else {}
        context = {
            "file": file,
            "under_way": file is not None and file.state in UNDER_WAY,
            "faults": [
                {**fault, "words": wording.fault(fault)}
                for fault in (file.faults if file and file.state == ImportState.FAULTY else [])
            ],
            "most": MOST_SHOWN,
            "preview": preview,
            "groups": [
                (*names.get((category, group), (category, group)), number)
                for category, group, number in preview.get("groups", [])
            ],
            "form": kwargs.pop("form", None) or FileForm(),
            "columns": [(category.key, str(category), category.kind == "age") for category in registered],
            "designed": lottery.state == LotteryState.DESIGNED,
            "framed": lottery.state == LotteryState.FRAMED,
            "figures": queries.figures(lottery),
            "categories": categories,
            "missing": [(str(MISSING[each][0]), url(MISSING[each][1], lottery)) for each in gaps(lottery)],
            "advice": plans.advice(plans.plan_of(lottery, categories), categories) if categories else None,
            "quotas_url": url("quotas", lottery),
        }
        return {**super().get_context_data(**kwargs), **context}
