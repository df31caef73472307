from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.views.decorators.http import condition, require_GET, require_http_methods

from . import identity, sample, theme
from .art import mark, street
from .art.share import share_image
from .forms import SampleForm
from .htmx import render

FOR_EVER = "public, max-age=31536000, immutable"


def _etag(request: HttpRequest, brand: str, accent: str, corners: str) -> str | None:
    try:
        return f'"{theme.fingerprint(theme.colour(brand), theme.colour(accent), theme.corner_style(corners))}"'
    except theme.NotAColour:
        return None


@require_GET
@condition(etag_func=_etag)
def theme_stylesheet(request: HttpRequest, brand: str, accent: str, corners: str) -> HttpResponse:
    """All colours of an organisation. The address says them, so the answer never changes under it."""
    try:
        css = theme.stylesheet(theme.colour(brand), theme.colour(accent), theme.corner_style(corners))
    except theme.NotAColour as unknown:
        raise Http404 from unknown
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": FOR_EVER})


@require_GET
def favicon(request: HttpRequest, brand: str, accent: str) -> HttpResponse:
    try:
        drawing = mark.favicon(theme.colour(brand), theme.colour(accent))
    except theme.NotAColour as unknown:
        raise Http404 from unknown
    return HttpResponse(drawing, content_type="image/svg+xml", headers={"Cache-Control": FOR_EVER})


@require_GET
def street_file(request: HttpRequest, kind: str, fingerprint: str, seed: str) -> HttpResponse:
    """The drawing of this seed. An address from before the drawings changed leads to the present one."""
    if fingerprint != street.fingerprint(seed, kind):
        return HttpResponseRedirect(reverse("street", args=[kind, street.fingerprint(seed, kind), seed]))
    return HttpResponse(
        street.file(seed, kind), content_type="image/svg+xml; charset=utf-8", headers={"Cache-Control": FOR_EVER}
    )


@require_GET
def share_picture(request: HttpRequest, signed: str) -> HttpResponse:
    try:
        png = share_image(*identity.share_words(signed))
    except (BadSignature, ValueError) as unknown:
        raise Http404 from unknown
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": FOR_EVER})


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, in the colours of three invented organisations."""
    request.organisation = sample.organisation(request.GET.get("look", ""))  # type: ignore[attr-defined]
    scheme = request.GET.get("scheme", "")
    context = sample.everything() | {
        "form": SampleForm(),
        "wrong_form": SampleForm({"title": "", "email": "nele"}, prefix="wrong"),
        "scheme": scheme if scheme in ("light", "dark") else "",
        "looks": sample.choices(request),
    }
    return render_page(request, "web/gallery.html", context)


@require_http_methods(["GET", "POST"])
def gallery_form(request: HttpRequest) -> HttpResponse:
    """One page of a form, to try its errors: nothing is kept."""
    request.organisation = sample.organisation(request.GET.get("look", ""))  # type: ignore[attr-defined]
    form = SampleForm(request.POST, request.FILES) if request.method == "POST" else SampleForm()
    wrong = form.is_bound and not form.is_valid()
    return render(request, "web/gallery_form.html", {"form": form}, partial="form", status=422 if wrong else 200)
