"""Small words in a shape, and buttons."""

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..pieces import piece
from ..shared import own
from ..tokens import with_token
from .attributes import attributes, classes
from .drawings import icon as draw_icon

register = template.Library()


@register.simple_tag
def button(
    label: str,
    url: str = "",
    kind: str = "main",
    icon: str = "",
    icon_end: str = "",
    big: bool = False,
    block: bool = False,
    hidden_label: str = "",
    type: str = "submit",
    **more: object,
) -> SafeString:
    """A link when it has a `url`, else a button. `kind`: main, line, soft, text, danger. `hidden_label` is heard, not seen."""
    look = classes("button", f"is-{kind}", "is-big" if big else "", "is-block" if block else "")
    words = format_html(
        "{}{}{}{}",
        draw_icon(icon) if icon else "",
        label,
        draw_icon(icon_end) if icon_end else "",
        format_html('<span class="visually-hidden"> {}</span>', hidden_label) if hidden_label else "",
    )
    if url:
        return format_html('<a class="{}" href="{}"{}>{}</a>', look, url, attributes(more), words)
    return format_html('<button class="{}" type="{}"{}>{}</button>', look, type, attributes(more), words)


@register.simple_tag
def icon_button(icon: str, label: str, type: str = "button", **more: object) -> SafeString:
    """A button that shows only an icon and says `label`."""
    drawn = draw_icon(icon)
    return format_html(
        '<button class="icon-button" type="{}" aria-label="{}"{}>{}</button>', type, label, attributes(more), drawn
    )


@register.simple_tag
def tag(label: str, icon: str = "", category: int | None = None) -> SafeString:
    """The theme of a thing: a word with its icon in its category's colour."""
    look = classes("tag", f"cat-{category}" if category else "")
    return format_html('<span class="{}">{}{}</span>', look, draw_icon(icon) if icon else "", label)


@register.simple_tag
def badge(label: str, kind: str = "", icon: str = "") -> SafeString:
    """The state of a thing. `kind`: ok, warn, bad, info, new, or none."""
    look = classes("badge", f"is-{kind}" if kind else "")
    return format_html('<span class="{}">{}{}</span>', look, draw_icon(icon) if icon else "", label)


@register.simple_tag
def pill(label: str) -> SafeString:
    """What is going on now: `Voting is open, 12 days left`."""
    return format_html('<p class="pill">{}</p>', label)


@register.simple_tag
def plate(fr: str, nl: str = "") -> SafeString:
    """A street plate: always both languages of the street, once where the names are equal."""
    second = format_html('<span lang="nl">{}</span>', nl) if nl and nl != fr else ""
    return format_html(
        '<span class="plate">{}<span class="visually-hidden">{}</span><span lang="fr">{}</span>{}</span>',
        draw_icon("map-pin"),
        _("Place:"),
        fr,
        second,
    )


@register.simple_tag
def avatar(
    name: str, official: bool = False, category: int | None = None, small: bool = False, image: str = ""
) -> SafeString:
    """Initials in a circle; square and in the brand's colour for the administration. Decoration: the name stands beside it."""
    look = classes(
        "avatar", "is-official" if official else "", "is-small" if small else "", f"cat-{category}" if category else ""
    )
    inner = format_html('<img src="{}" alt="">', image) if image else initials(name)
    return format_html('<span class="{}" aria-hidden="true">{}</span>', look, inner)


def initials(name: str) -> str:
    """`Comité Bockstael` as CB, `Nele V.` as NV, `Leïla` as L."""
    words = [word for word in str(name).replace("-", " ").split() if word[:1].isalpha()]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


@register.simple_tag(takes_context=True)
def support(
    context: template.Context, url: str, count: int, pressed: bool = False, label: str = "", about: str = "", icon: str = "heart",
    small: bool = False, disabled: bool = False, target: str = "",
) -> SafeString:  # fmt: skip
    """The vote of a heart: a form that posts to `url`, and swaps itself (or `target`) when htmx is there.

    The view answers with the same tag. `about` names the thing for who cannot see it.
    """
    given = {
        "url": url,
        "count": count,
        "pressed": pressed,
        "label": label or _("I support this"),
        "about": about,
        "icon": icon,
        "small": small,
        "disabled": disabled,
        "target": target,
    }
    template = "web/components/support.html"
    drawn = piece("support", given, lambda: render_to_string(template, {**given, "token_place": True}))
    return own(context.get("request"), with_token, drawn)


@register.simple_tag(takes_context=True)
def follow(context: template.Context, url: str, following: bool = False, about: str = "") -> SafeString:
    """The bell of a page: a form that posts to `url`, with `stop` for who follows already. `about` names the page for who cannot see it."""
    return own(context.get("request"), follow_button, url, following, about)


def follow_button(request: HttpRequest | None, url: str, following: bool, about: str) -> SafeString:
    """The same for the view that answers the form. It swaps itself when htmx is there."""
    given = {"url": url, "following": following, "about": about}
    template = "web/components/follow.html"
    drawn = piece("follow", given, lambda: render_to_string(template, {**given, "token_place": True}))
    return with_token(request, drawn)
