"""Plans side by side, the home of one, and its domains."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from zenne.core.languages import shown
from zenne.people.organisations.queries import listed as organisations_listed
from zenne.strategy.indicators.enums import Light
from zenne.web.shared import shared
from zenne.web.tags.words import amount, grouped

from .. import listing, measured, news, queries, showing
from ..enums import PUBLIC, DomainKind
from ..models import Domain, Measure, Plan
from .finding import domain_at, plan_at

A_FEW = 12


@require_safe
@shared
def plans(request: HttpRequest) -> HttpResponse:
    """Every public plan, those in force first: how many projects, how far, how it is measured."""
    found = showing.in_force_first(queries.public_plans().filter(organisation__in=organisations_listed(request)))
    return render(request, "strategy/portfolio/plans.html", {"plans": showing.plan_cards(found)})


@require_safe
@shared
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """The home of a plan: what it wants, how far it is, what changed."""
    found = plan_at(request, plan)
    now = request.now  # type: ignore[attr-defined]
    of_domain = queries.money_of_plan(found).filter(project__domain=OuterRef("pk")).order_by().values("project__domain")
    committed = Subquery(of_domain.annotate(all=Sum("committed_cents")).values("all"))
    domains = list(found.domains.annotate(committed=committed).order_by("kind", "number", "pk"))
    for each in domains:
        each.plan = found
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = found.projects.filter(state__in=PUBLIC).order_by("domain_id", "state").values_list("domain_id", "state")
    for domain, state, number in rows.annotate(number=Count("pk")):
        counts[domain][state] = number
    whole: dict[str, int] = defaultdict(int)
    for own in counts.values():
        for state, number in own.items():
            whole[state] += number
    measures = list(measured.of_plan(found).select_related("project"))
    lit = {each.indicator.pk: each for each in measured.shown_of(measured.indicators_of(measures), now=now)}
    by_domain = _by_domain(measures)
    cards = [
        showing.DomainCard(
            domain=each,
            name=shown(each, "name")[0],
            language=shown(each, "name")[1],
            text=shown(each, "text")[0],
            url=each.get_absolute_url(),
            states=showing.states(counts[each.pk], found, each.slug),
            lights=measured.lights_of(lit[pk] for pk in sorted(by_domain[each.pk])),
        )
        for each in domains
    ]
    changes = news.latest(found, now=now, measured_by=set(lit))
    recent = news.this_month(changes, now)
    money = sum(each.committed or 0 for each in domains)
    states = showing.states(whole, found)
    context: dict[str, Any] = {
        "plan": found,
        "name": shown(found, "name"),
        "summary": shown(found, "summary"),
        "when": showing.years(found.starts_on, found.ends_on),
        "revision": queries.in_force(found),
        "facts": _facts(states, money, list(lit.values())),
        "states": states,
        "domains": [card for card in cards if card.domain.kind == DomainKind.DOMAIN],
        "foundations": [card for card in cards if card.domain.kind == DomainKind.FOUNDATION],
        "lights": measured.lights_of(lit.values()),
        "worst": [each for each in lit.values() if each.light == Light.RED][:4],
        "changes": recent or changes[:6],
        "this_month": bool(recent),
    }
    return render(request, "strategy/portfolio/plan.html", context)


def _by_domain(measures: list[Measure]) -> dict[int, set[int]]:
    """The indicators that measure a domain itself or one of its projects. Those of an objective belong to several: they stand on the domain's own page."""
    found: dict[int, set[int]] = defaultdict(set)
    for each in measures:
        if each.domain_id:
            found[each.domain_id].add(each.indicator_id)
        elif each.project is not None:
            found[each.project.domain_id].add(each.indicator_id)
    return found


def _facts(states: showing.States, money: int, lit: list[measured.Shown]) -> list[dict[str, str]]:
    facts = [
        {"value": grouped(states.total), "label": _("projects")},
        {"value": grouped(states.achieved), "label": _("achieved")},
    ]
    if money:
        facts.append({"value": amount(money // 100 * 100), "label": pgettext("money", "decided")})
    elif lit:
        facts.append({"value": grouped(len(lit)), "label": _("indicators")})
    return facts


@require_safe
@shared
def domain(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    """One domain: what it wants to reach, its indicators side by side, its projects."""
    found = domain_at(request, plan, slug)
    filters = listing.Filters(domain=found.slug)
    projects = listing.listed(found.plan, filters)
    counts = listing.states_of(projects)
    lines = [showing.line(each) for each in listing.page_of(projects, listing.IN_ORDER, "").projects[:A_FEW]]
    others = [
        {
            "label": shown(each, "name")[0],
            "url": each.get_absolute_url(),
            "current": each.pk == found.pk,
            "icon": each.icon,
        }
        for each in _with_plan(found.plan)
    ]
    states = showing.states(counts, found.plan, found.slug)
    context = {
        "plan": found.plan,
        "domain": found,
        "name": shown(found, "name"),
        "text": shown(found, "text"),
        "others": others,
        "objectives": [shown(each, "title") for each in found.objectives.order_by("number", "pk")],
        "indicators": measured.indicators_of(measured.of_domain(found)),
        "states": states,
        "projects": lines,
        "more": states.total > len(lines),
        "list": f"{reverse('portfolio:projects', args=[found.plan.slug])}?domain={found.slug}",
    }
    return render(request, "strategy/portfolio/domain.html", context)


def _with_plan(plan: Plan) -> Iterator[Domain]:
    for each in plan.domains.order_by("kind", "number", "pk"):
        each.plan = plan
        yield each
