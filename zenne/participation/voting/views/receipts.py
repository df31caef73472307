"""Whether a ballot is in the box: for whoever holds its code."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zenne.web.htmx import render

from .. import counting, queries, showing
from ..queries import ReceiptState
from .finding import around, vote_at

CODE = re.compile(r"[0-9a-f]{64}")


@require_safe
def ask(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """The field for the code, which may be typed with spaces as it is printed."""
    vote = vote_at(request, process, pk)
    typed = request.GET.get("code", "")
    code = re.sub(r"[\s.-]", "", typed).lower()
    if CODE.fullmatch(code):
        return HttpResponseRedirect(reverse("voting:receipt", args=[process, pk, code]))
    error = _("A code has 64 signs: digits and the letters a to f. You typed %(count)d.") % {"count": len(code)}
    context = around(request, vote) | {"typed": typed, "error": error if typed else ""}
    return render(request, "participation/voting/receipts.html", context, status=422 if typed else 200)


@never_cache
@require_safe
def receipt(request: HttpRequest, process: str, pk: str, code: str) -> HttpResponse:
    """What there is to say about one code; after the end with the proof, and how to check it without us."""
    vote = vote_at(request, process, int(pk))
    found = queries.receipt(vote, code)
    sealed = found.state == ReceiptState.SEALED
    context = around(request, vote) | {
        "receipt": found,
        "code": showing.grouped_code(code),
        "line": counting.line(found.ballot) if sealed and found.ballot else "",
        "proof": found.proof,
        "standing": showing.standing(vote, request.now),  # type: ignore[attr-defined]
    }
    return render(
        request,
        "participation/voting/receipt.html",
        context,
        status=404 if found.state == ReceiptState.UNKNOWN else 200,
    )
