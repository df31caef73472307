"""What surrounds every page: whose look, which menus, which languages, what was just said."""

import secrets
from typing import Any
from urllib.parse import quote, urlsplit

from django import template
from django.conf import settings
from django.contrib.messages import constants, get_messages
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from zenne.core.languages import LANGUAGES, current

from .. import identity, navigation, slots
from ..pieces import AVATAR_PLACE, TOKEN_PLACE, piece
from ..shared import own
from ..tokens import token_field, with_token
from .labels import avatar

register = template.Library()

KINDS = {constants.ERROR: "bad", constants.WARNING: "warn", constants.SUCCESS: "ok"}


@register.simple_tag(takes_context=True)
def theme_links(context: Context) -> SafeString:
    """The organisation's colours and the picture in the browser's tab."""
    look = identity.of(context.get("request"))
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="icon" type="image/svg+xml" href="{}"><meta name="theme-color" content="{}">',
        look.theme_address,
        look.favicon_address,
        look.brand,
    )


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString:
    """The token of a form on a page that everybody shares; nothing for a visitor without a session (`web.tokens` says why)."""
    if context.get("token_place"):  # in a piece that is kept for everybody
        return mark_safe(TOKEN_PLACE)  # noqa: S308 - our own comment
    return own(context.get("request"), token_field)


@register.simple_tag(takes_context=True)
def share_picture(context: Context) -> str:
    """The picture of a shared link for pages that have none of their own: the name on its tiles."""
    request = context.get("request")
    address = identity.of(request).share_address
    return request.build_absolute_uri(address) if request else address


@register.simple_tag(takes_context=True)
def share_card(context: Context, picture: str, words: str) -> SafeString:
    """The picture of a shared link, 1200 by 630, and what stands in it for whoever does not see it."""
    return format_html(
        '<meta property="og:image" content="{}"><meta property="og:image:width" content="{}">'
        '<meta property="og:image:height" content="{}"><meta property="og:image:alt" content="{}">'
        '<meta name="twitter:card" content="summary_large_image">',
        absolute(context, picture),
        "1200",
        "630",
        words,
    )


@register.simple_tag
def share_locales() -> SafeString:
    """The language of the page and the others it is in, as Open Graph writes them."""
    others = [(code,) for code in LANGUAGES if code != current()]
    rest = format_html_join("", '<meta property="og:locale:alternate" content="{}_BE">', others)
    return format_html('<meta property="og:locale" content="{}_BE">{}', current(), rest)


@register.simple_tag(takes_context=True)
def site_name(context: Context) -> str:
    return identity.of(context.get("request")).name


#: Stand in the header that is kept for all pages of a part of the site, where what is a page's own goes. Nobody who writes on the platform can guess them.
PLACES = {
    name: SafeString(f"<!--{secrets.token_hex(16)}-->") for name in ("languages", "account_button", "account_lines")
}


@register.simple_tag(takes_context=True)
def site_header(context: Context) -> SafeString:
    request = context.get("request")
    given = {"look": identity.of(request), "home": _home(), "main": _lines(navigation.Place.MAIN, request)}
    drawn = piece("header", given, lambda: render_to_string("web/components/header.html", {**given, **PLACES}))
    own_parts = {
        "languages": language_links(context),
        "account_button": own(request, account, "account_button"),
        "account_lines": own(request, account, "account_lines"),
    }
    for name, part in own_parts.items():
        drawn = drawn.replace(PLACES[name], part)  # type: ignore[assignment]
    return mark_safe(drawn)  # noqa: S308 - our own pieces


def _lines(place: navigation.Place, request: HttpRequest | None) -> list[dict[str, Any]]:
    """The lines of a menu as plain values, by which what is drawn of them is known again."""
    return [
        {"label": str(line.entry.label), "url": line.entry.url, "icon": line.entry.icon, "post": line.entry.post, "current": line.current}
        for line in (navigation.lines(place, request) if request else ())
    ]  # fmt: skip


def account(request: HttpRequest | None, part: str) -> SafeString:
    """The way to sign in, or the menu of who did: `account_button` on a wide screen, `account_lines` in the menu of a narrow one.

    Drawn once for all who see the same lines; whose menu it is and their token are put in for each.
    """
    given = _menu(request)
    drawn = piece(part, given, lambda: render_to_string(f"web/components/{part}.html", {**given, "token_place": True}))
    return with_token(
        request, drawn.replace(AVATAR_PLACE, avatar(str(request.user), small=True)) if given["avatar"] else drawn
    )  # type: ignore[union-attr]


def _menu(request: HttpRequest | None) -> dict[str, Any]:
    """What both places show, found once for a page."""
    user = getattr(request, "user", None)
    signed_in = bool(request and user and user.is_authenticated)
    whose = getattr(user, "pk", None), current()
    if (kept := getattr(request, "account_menu", None)) and kept[0] == whose:
        found: dict[str, Any] = kept[1]
        return found
    given = {
        "avatar": AVATAR_PLACE if signed_in else "",
        "account": _lines(navigation.Place.ACCOUNT, request) if signed_in else [],
        "sign_in": "" if signed_in else _sign_in(request),
        "sign_out": _route("account_logout"),
    }
    if request is not None:
        request.account_menu = whose, given  # type: ignore[attr-defined]
    return given


@register.simple_tag(takes_context=True)
def site_footer(context: Context) -> SafeString:
    request = context.get("request")
    given = {"look": identity.of(request), "lines": _lines(navigation.Place.FOOTER, request)}
    return piece("footer", given, lambda: render_to_string("web/components/footer.html", given))


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> SafeString:
    """The same page in each language, as links that are always in sight."""
    links = [
        (
            url,
            code,
            mark_safe(' aria-current="true"' if code == current() else ""),  # noqa: S308 - our own words
            code.upper(),
            get_language_info(code)["name_local"].capitalize(),
        )
        for code, url in translations(context.get("request")).items()
    ]
    drawn = format_html_join(
        "",
        '<a href="{0}" lang="{1}" hreflang="{1}"{2}><span aria-hidden="true">{3}</span><span class="visually-hidden">{4}</span></a>',
        links,
    )
    return format_html('<nav class="langs" aria-label="{}">{}</nav>', _("Language"), drawn)


@register.simple_tag(takes_context=True)
def alternate_links(context: Context) -> SafeString:
    """canonical and hreflang for machines: absolute addresses, without the query."""
    request = context.get("request")
    if request is None:
        return SafeString()
    links = [(code, request.build_absolute_uri(urlsplit(url).path)) for code, url in translations(request).items()]
    return format_html(
        '<link rel="canonical" href="{}">{}',
        request.build_absolute_uri(request.path),
        format_html_join("", '<link rel="alternate" hreflang="{}" href="{}">', links),
    )


def translations(request: HttpRequest | None) -> dict[str, str]:
    """The address of this page in each language. A view whose addresses differ more says so in `request.language_urls`."""
    if request is None:
        return {code: f"/{code}/" for code in LANGUAGES}
    known: dict[str, str] = getattr(request, "language_urls", {})
    # What was sent cannot be sent again by a link: after a form, the link leads to the empty page.
    here = request.get_full_path() if request.method == "GET" else request.path
    found = request.resolver_match is not None
    return {code: known.get(code) or _in_language(here, code, found) for code in LANGUAGES}


def _in_language(address: str, code: str, found: bool) -> str:
    """The same address under the other language; the home page of that language where the address leads nowhere or has none.

    The words of our addresses are the same in all languages: only what they begin with differs.
    """
    first, _slash, rest = address.removeprefix("/").partition("/")
    return f"/{code}/{rest}" if found and first in LANGUAGES else f"/{code}/"


@register.simple_tag(takes_context=True)
def toasts(context: Context) -> SafeString:
    """Django's messages, as toasts. A warning or an error stays until it is closed."""
    return own(context.get("request"), _toasts)


def _toasts(request: HttpRequest | None) -> SafeString:
    said = [
        {"text": str(message), "kind": KINDS.get(message.level, "info"), "stays": message.level >= constants.WARNING}
        for message in (get_messages(request) if request else ())
    ]
    return piece("toasts", {"toasts": said}, lambda: render_to_string("web/components/toasts.html", {"toasts": said}))


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, *given: object) -> SafeString:
    """`{% slot "idea.after" idea %}`: what rooms above have to add here."""
    return slots.rendered(name, context.get("request"), *given)


@register.simple_tag(takes_context=True)
def absolute(context: Context, address: str) -> str:
    """The address with its host, for what leaves the page: share links, Open Graph."""
    request = context.get("request")
    return request.build_absolute_uri(address) if request else address


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """This page's query with these changes: `{% with_query sort="new" after=None %}` gives `?theme=2&sort=new`."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return ""
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


def _home() -> str:
    return f"/{current()}/"


def _route(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _sign_in(request: HttpRequest | None) -> str:
    try:
        address = resolve_url(settings.LOGIN_URL)
    except NoReverseMatch:
        return ""
    if request is None or request.path.startswith(address):
        return address
    return f"{address}?next={quote(request.get_full_path())}" if request.method == "GET" else address


@register.simple_tag(takes_context=True)
def oembed_links(context: Context) -> SafeString:
    """Where a site that is given this address finds what to show of it (oEmbed discovery)."""
    request = context.get("request")
    if request is None:
        return SafeString()
    page = quote(request.build_absolute_uri(request.path), safe="")
    address = request.build_absolute_uri(f"{reverse('oembed')}?url={page}")
    return format_html(
        '<link rel="alternate" type="application/json+oembed" href="{0}&amp;format=json">'
        '<link rel="alternate" type="text/xml+oembed" href="{0}&amp;format=xml">',
        address,
    )


@register.simple_tag(takes_context=True)
def feed_link(context: Context, address: str, title: str) -> SafeString:
    """A feed that belongs to this page, for feed readers that look for it."""
    request = context.get("request")
    whole = request.build_absolute_uri(address) if request else address
    return format_html('<link rel="alternate" type="application/atom+xml" title="{}" href="{}">', title, whole)
