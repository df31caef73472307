"""Pages of ours inside other sites: widgets, the code that puts them there, and the oEmbed answers that write that code for a site.

A widget may be framed by any site. It has no form, no script and no session: whoever clicks comes here, in a tab of their own. Each app registers
its own under the name of the page it stands for (`embeds.py`):

    embeds.register("processes:page", embeddable)     # called with what stands in the address of that page
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.sax.saxutils import escape

from csp.constants import NONE, SELF
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port, validate_host
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zenne.core.languages import LANGUAGES, current
from zenne.core.numbers import whole_number
from zenne.core.registry import Registry

from .feeds import speakable

WIDTH = 480
LOWEST, HIGHEST = 240, 1200
POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
#: What a widget may do inside another site: open this platform in a tab of its own, and nothing else.
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"


@dataclass(frozen=True)
class Embeddable:
    """A page that other sites may show. Addresses are paths of ours, in the language of the page."""

    title: str
    owner: str
    owner_url: str
    page: str
    widget: str
    height: int
    picture: str


Find = Callable[..., Embeddable | None]
embeds: Registry[Find] = Registry("embeds")


class Options(forms.Form):
    """What one can choose of a widget; a value that means nothing is the default."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[(code, get_language_info(code)["name_local"].capitalize()) for code in LANGUAGES],
    )
    colours = forms.ChoiceField(
        label=_("Colours"),
        required=False,
        choices=[("", _("As the reader’s device")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    height = forms.IntegerField(label=_("Height in pixels"), required=False, min_value=LOWEST, max_value=HIGHEST)


class OptionsWithIdeas(Options):
    ideas = forms.ChoiceField(
        label=_("Which ideas"),
        required=False,
        choices=[("latest", _("The latest")), ("supported", _("The most supported"))],
    )


def widget(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page that any site may frame, the same for everybody."""
    colours = request.GET.get("colours", "")
    scheme = colours if colours in ("light", "dark") else ""
    answer = render(request, template, {**context, "scheme": scheme})
    answer.xframe_options_exempt = True  # type: ignore[attr-defined]
    answer._csp_config = POLICY  # type: ignore[attr-defined]  # what csp.decorators.csp sets
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Cache-Control"] = "public, max-age=60"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def code_page(
    request: HttpRequest, template: str, context: dict[str, Any], find: Callable[[], Embeddable | None], *, ideas: bool
) -> HttpResponse:
    """The page that gives the code of a widget, with a preview: `find` says what is embedded, in the language it is asked in."""
    kind = OptionsWithIdeas if ideas else Options
    form = kind(request.GET or None, initial={"language": current()})
    chosen: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    with override(chosen.get("language") or current()):
        found = find()
        assert found is not None  # the view has just read it
        query = {name: chosen[name] for name in ("colours", "ideas") if chosen.get(name)}
        height = chosen.get("height") or found.height
        frame = iframe(request, found, WIDTH, height, query, fluid=True)
        page = request.build_absolute_uri(found.page)
        link = format_html('<a href="{}">{}</a>', page, found.title)
    answer = render(
        request,
        template,
        {
            **context,
            "form": form,
            "code": frame,
            "link": link,
            "preview": f"{found.widget}{'?' if query else ''}{urlencode(query)}",
            "height": height,
            "sandbox": SANDBOX,
        },
    )
    answer._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]  # what csp.decorators.csp_update sets
    return answer


def iframe(
    request: HttpRequest, found: Embeddable, width: int, height: int, query: dict[str, str], *, fluid: bool = False
) -> SafeString:
    address = request.build_absolute_uri(found.widget) + (f"?{urlencode(query)}" if query else "")
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" sandbox="{}" loading="lazy" frameborder="0"></iframe>',
        address,
        found.title,
        "100%" if fluid else str(width),
        str(height),
        SANDBOX,
    )


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0 (oembed.com) for addresses of ours: 404 for what cannot be embedded, 501 for a form that is neither JSON nor XML."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return _said("Not implemented: json or xml.", 501)
    found = at(request.GET.get("url", ""))
    if found is None:
        return _said("Nothing to embed at this address.", 404)
    most_width, most_height = (whole_number(request.GET.get(name), 5) or None for name in ("maxwidth", "maxheight"))
    width, height = min(WIDTH, most_width or WIDTH), min(found.height, most_height or found.height)
    told: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": found.title,
        "author_name": found.owner,
        "author_url": request.build_absolute_uri(found.owner_url),
        "provider_name": settings.WAGTAIL_SITE_NAME,
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": 3600,
        "html": iframe(request, found, width, height, {}),
        "width": width,
        "height": height,
    }
    if (most_width or 1200) >= 1200 and (most_height or 630) >= 630:
        picture = request.build_absolute_uri(found.picture)
        told |= {"thumbnail_url": picture, "thumbnail_width": 1200, "thumbnail_height": 630}
    answer = JsonResponse(told) if form == "json" else _xml(told)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def at(address: str) -> Embeddable | None:
    """What can be embedded of the page at a whole address of ours; None when it is no such page."""
    try:
        parts = urlsplit(address)
        host = split_domain_port(parts.netloc)[0]
    except ValueError:
        return None
    language = parts.path.strip("/").partition("/")[0]
    if parts.scheme not in ("http", "https") or not validate_host(host, settings.ALLOWED_HOSTS):
        return None
    if language not in LANGUAGES or "\x00" in address or len(address) > 2000:
        return None
    with override(language):
        try:
            match = resolve(parts.path)
        except Resolver404:
            return None
        find = embeds.get(match.view_name)
        return find(**match.kwargs) if find else None


def _said(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8", headers=OPEN)


def _xml(told: dict[str, str | int]) -> HttpResponse:
    lines = "".join(f"<{name}>{escape(speakable(str(value)))}</{name}>" for name, value in told.items())
    body = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{lines}</oembed>'
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


OPEN = {"Access-Control-Allow-Origin": "*"}
