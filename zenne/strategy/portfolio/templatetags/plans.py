"""`{% load plans %}`: plans on the pages of upper rooms."""

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zenne.people.organisations.queries import listed
from zenne.web.tags.drawings import icon
from zenne.web.tags.labels import badge
from zenne.web.tags.words import excerpt, typographic

from .. import showing
from ..queries import public_plans

register = template.Library()
MOST = 3
NUMBER = SafeString(' class="number"')
LINE = """<li class="cat-{hue}">
  <span class="project-sign" aria-hidden="true">{sign}</span>
  <div class="stack gap-1">
    <h{level}><a href="{url}" lang="{language}">{title}</a></h{level}>
    {summary}
    <ul class="metas">{metas}</ul>
  </div>
  <p class="cluster gap-2">{state}{health}</p>
</li>"""


@register.simple_tag
def project_line(line: showing.Line, level: int, bare: bool) -> SafeString:
    """A project in a list; `bare` without its domain. Drawn without a template: a list has twenty-four, and most of its pages nobody has seen before."""
    metas = [
        *([("", "", line.domain)] if not bare else []),
        *([("", icon("user"), line.carrier)] if line.carrier else []),
        *(
            (NUMBER, icon(sign), words)
            for sign, words in (("calendar-event", line.when), ("coins", line.money))
            if words
        ),
    ]
    return format_html(
        LINE,
        hue=line.hue,
        sign=icon(line.domain_icon),
        level=level,
        url=line.url,
        language=line.language,
        title=typographic(line.title),
        summary=format_html('<p class="small">{}</p>', typographic(excerpt(line.summary, 200))) if line.summary else "",
        metas=format_html_join("", "<li{}>{}{}</li>", metas),
        state=badge(line.state.label, line.state.kind, line.state.icon),
        health=badge(line.health.label, line.health.kind, line.health.icon) if line.health else "",
    )


@register.simple_tag(takes_context=True)
def plan_cards(context: Context, level: int = 3) -> SafeString | str:
    """The first plans, those in force before others; nothing where none is public. One question then, three otherwise."""
    request = context["request"]
    found = showing.in_force_first(public_plans().filter(organisation__in=listed(request)))[:MOST]
    if not found:
        return ""
    cards = {"plans": showing.plan_cards(found), "level": level}
    return render_to_string("strategy/portfolio/plan_cards.html", cards, request)
