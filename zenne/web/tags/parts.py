"""The larger parts of a page. Those that hold other things are blocks: `{% panel "Title" %}…{% endpanel %}`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ..art import tiles
from ..pieces import piece

register = template.Library()


def _part(part: str, /, **given: Any) -> SafeString:
    """A component is a function of what it is given, so the same is drawn once (`web.pieces`)."""
    return piece(part, given, lambda: render_to_string(f"web/components/{part}.html", given))


@register.simple_block_tag
def card(
    content: str, title: str, url: str, *, text: str = "", image: str = "", image_alt: str = "", motif: str = "", seed: object = "",
    street: bool = False, theme: str = "", theme_icon: str = "", category: int | None = None, badge: str = "", badge_kind: str = "new",
    fr: str = "", nl: str = "", facts: Sequence[Mapping[str, Any]] = (), chosen: bool = False, language: str = "", level: int = 3,
    tall: bool = False,
) -> SafeString:  # fmt: skip
    """A thing in a list. On top: its photo, else its street (`street`), else a tile. Below: what the block holds (buttons, cost).

    `facts`: a list of {icon, text, label}; `label` is heard after the text. `fr`/`nl` make the plate.
    """
    return _part(
        "card",
        content=content, filled=bool(content.strip()), title=title, url=url, text=text, image=image, image_alt=image_alt, motif=motif or tiles.motif_for(str(seed)),
        seed=seed, street=street, theme=theme, theme_icon=theme_icon, category=category, badge=badge, badge_kind=badge_kind, fr=fr, nl=nl,
        facts=[{"icon": "", "label": "", **fact} for fact in facts], chosen=chosen, language=language, level=level, tall=tall,
    )  # fmt: skip


@register.simple_block_tag
def panel(
    content: str, title: str = "", icon: str = "", kind: str = "", level: int = 2, sticky: bool = False, id: str = ""
) -> SafeString:
    """A box. `kind`: strong (asks for something; one per page), quiet, or none."""
    return _part("panel", content=content, title=title, icon=icon, kind=kind, level=level, sticky=sticky, id=id)


@register.simple_block_tag
def alert(content: str, title: str = "", kind: str = "info", level: int = 2, role: str = "") -> SafeString:
    """A message inside the page. `kind`: info, ok, warn, bad. `role`: alert or status, for what appears by itself."""
    icons = {"ok": "circle-check", "warn": "alert-triangle", "bad": "alert-triangle"}
    return _part(
        "alert", content=content, title=title, kind=kind, level=level, role=role, icon=icons.get(kind, "info-circle")
    )


@register.simple_block_tag
def note(content: str, icon: str = "info-circle") -> SafeString:
    """A quiet remark under something."""
    return _part("note", content=content, icon=icon)


@register.simple_block_tag
def nothing(content: str, title: str, text: str = "", seed: str = "calm", level: int = 2) -> SafeString:
    """An empty state: one calm sentence, the next step (the block), a street."""
    return _part(
        "nothing", content=content, filled=bool(content.strip()), title=title, text=text, seed=seed, level=level
    )


@register.simple_tag
def timeline(stops: Iterable[Mapping[str, Any]], vertical: bool = False, label: str = "") -> SafeString:
    """Phases as a tram line. Each stop: {title, when, state: done|now|next, note, url}; the last three may be missing."""
    full = [{"when": "", "note": "", "url": "", "state": "next", **stop} for stop in stops]
    return _part("timeline", stops=full, vertical=vertical, label=label)


@register.simple_tag
def chips(options: Iterable[Mapping[str, Any]], label: str, wrap: bool = False) -> SafeString:
    """Links that filter. Each: {label, url, current, icon, count}; the last three may be missing. On a phone they scroll in one row, or `wrap`."""
    full = [{"current": False, "icon": "", "count": None, **option} for option in options]
    return _part("chips", options=full, label=label, wrap=wrap)


@register.simple_tag
def segments(options: Iterable[Mapping[str, Any]], label: str) -> SafeString:
    """Two or three views of one thing. Each: {label, url, current, icon}."""
    return _part("segments", options=[{"current": False, "icon": "", **option} for option in options], label=label)


@register.simple_block_tag
def filters(content: str, label: str, target: str = "", action: str = "") -> SafeString:
    """A GET form around `{% field form.x %}`s. With htmx it swaps `target` (a selector) while one types, and keeps the address true."""
    return _part("filters", content=content, label=label, target=target, action=action)


@register.simple_block_tag
def remark(
    content: str, name: str, *, when: Any = None, note: str = "", badge: str = "", official: bool = False, category: int | None = None,
    now: Any = None, id: str = "", image: str = "", gone: bool = False,
) -> SafeString:  # fmt: skip
    """One comment. The block holds its text, a `<footer>` of buttons, and a `<ul class="thread">` of replies.

    (`comment` is Django's own tag.) `official`: the administration speaks. Goes inside `<ul class="thread"><li>`.
    """
    return _part(
        "remark", content=content, name=name, when=when, note=note, badge=badge, official=official, category=category, now=now, id=id,
        image=image, gone=gone,
    )  # fmt: skip


@register.simple_block_tag
def answer(content: str, name: str, *, when: Any = None, now: Any = None, label: str = "", id: str = "") -> SafeString:
    """The official answer: the administration's words on an idea."""
    return _part("answer", content=content, name=name, when=when, now=now, label=label, id=id)


@register.simple_tag
def toast(text: str, kind: str = "ok", action_url: str = "", action_label: str = "", stays: bool = False) -> SafeString:
    """A message that appears over the page; for htmx answers that go to `#toasts`. With an action it never closes by itself."""
    return _part(
        "toast", text=text, kind=kind, action_url=action_url, action_label=action_label, stays=stays or bool(action_url)
    )


@register.simple_block_tag
def dialog(
    content: str,
    title: str,
    *,
    id: str,
    opener: str,
    url: str = "",
    kind: str = "line",
    icon: str = "",
    open: bool = False,
) -> SafeString:
    """A question over the page. `opener` is the button's label; `url` a page asking the same, for who has no script."""
    return _part("dialog", content=content, title=title, id=id, opener=opener, url=url, kind=kind, icon=icon, open=open)


@register.simple_block_tag
def confirm(content: str, question: str, yes: str, kind: str = "main") -> SafeString:
    """Around a form: asks before it goes. `kind="danger"` for what cannot be undone."""
    return _part("confirm", content=content, question=question, yes=yes, kind=kind)


@register.simple_block_tag
def table_box(content: str, label: str) -> SafeString:
    """Around a `<table>`: it scrolls in its own box, also by keyboard. Numbers get `class="n"`."""
    return _part("table_box", content=content, label=label)


@register.simple_tag
def breadcrumbs(*labels_and_urls: str) -> SafeString:
    """`{% breadcrumbs "Projects" url_of_projects process.title url_of_process "This page" %}`: pairs, and the page itself last."""
    *before, here = labels_and_urls
    return _part("breadcrumbs", crumbs=list(zip(before[::2], before[1::2], strict=True)), here=here)


@register.simple_tag
def pagination(previous: str = "", next: str = "", label: str = "", first: str = "") -> SafeString:
    """Keyset paging: addresses of the page before and after; empty ones are not shown."""
    return _part("pagination", previous=previous, next=next, label=label, first=first)


@register.simple_tag
def steps(number: int, total: int, name: str = "") -> SafeString:
    """Head of a wizard page: `Step 2 of 4: your idea`."""
    marks = ["done" if at < number else "now" if at == number else "next" for at in range(1, total + 1)]
    return _part("steps", number=number, total=total, name=name, marks=marks)


@register.simple_tag(takes_context=True)
def share(context: Context, title: str, url: str = "") -> SafeString:
    """Share, copy, e-mail. `url` as an address of this site; the present page by default."""
    request = context.get("request")
    address = request.build_absolute_uri(url or request.path) if request else url
    return _part("share", title=title, url=address)


@register.simple_tag
def cover(
    motif: str = "",
    seed: object = "",
    image: str = "",
    alt: str = "",
    category: int | None = None,
    theme: str = "",
    theme_icon: str = "",
) -> SafeString:
    """The picture on top of a page: its photo, or its tiles."""
    motif = motif or tiles.motif_for(str(seed))
    return _part(
        "cover",
        motif=motif,
        seed=f"cover {seed}",
        image=image,
        alt=alt,
        category=category,
        theme=theme,
        theme_icon=theme_icon,
    )


@register.simple_tag
def figure(image: str, alt: str, caption: str = "", width: int | None = None, height: int | None = None) -> SafeString:
    return _part("figure", image=image, alt=alt, caption=caption, width=width, height=height)


@register.simple_tag
def video(src: str, title: str, host: str) -> SafeString:
    """A film on another site: nothing is asked from `host` before the person agrees."""
    return _part("video", src=src, title=title, host=host)


@register.simple_block_tag
def disclosure(content: str, summary: str, open: bool = False, id: str = "") -> SafeString:
    """A question and its answer; a part that may stay closed."""
    return _part("disclosure", content=content, summary=summary, open=open, id=id)


@register.simple_block_tag
def map(
    content: str,
    *,
    label: str,
    areas: str = "",
    pins: str = "",
    tiles: str = "",
    credit: str = "",
    pick: str = "",
    here: str = "",
    low: bool = False,
) -> SafeString:
    """A map. `areas`, `pins`: addresses of GeoJSON, or put `{{ data|json_script }}`-like scripts in the block (see leaflet-map.js). `here` is
    "latitude longitude metres" of a circle.

    The list beside it is the accessible twin: `{% map_list pins %}` in the block makes it.
    """
    return _part(
        "map",
        content=content,
        label=label,
        areas=areas,
        pins=pins,
        tiles=tiles,
        credit=credit,
        pick=pick,
        here=here,
        low=low,
    )


@register.simple_tag
def map_list(pins: Iterable[Mapping[str, Any]], title: str = "") -> SafeString:
    """The pins as a numbered list, and as data for the map. Each: {title, url, lat, lon, category}."""
    full = [{"category": None, "number": number, **pin} for number, pin in enumerate(pins, 1)]
    return _part("map_list", pins=full, title=title)
