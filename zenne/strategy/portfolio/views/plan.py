"""Plans side by side, the home of one, and its domains."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from zenne.core.languages import shown
from zenne.core.numbers import whole_number
from zenne.core.together import ask
from zenne.people.organisations.queries import listed as organisations_listed
from zenne.strategy.indicators import shades
from zenne.strategy.indicators.enums import Light
from zenne.web.shared import shared
from zenne.web.tags.words import amount, grouped

from .. import listing, measured, news, queries, showing
from ..enums import PUBLIC, DomainKind, PlanState
from ..models import Domain, Plan, Project
from .finding import domain_at, plan_at

A_FEW = 12
MOST_WORST = 4
DRAWN = 24  # small drawings on the page of a domain


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
    domains, revisions = found.domains.order_by("kind", "number", "pk"), queries.decided(found)[:1]
    projects = Project.objects.filter(domain__plan=found, state__in=PUBLIC).order_by("domain_id", "state")
    numbers = projects.values_list("domain_id", "state").annotate(number=Count("pk"))
    committed = queries.money_of_plan(found).order_by().values_list("project__plan").annotate(Sum("committed_cents"))
    ask([domains, revisions, numbers, committed])
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for domain, state, number in numbers:
        counts[domain][state] = number
    whole: dict[str, int] = defaultdict(int)
    for each_domain in counts.values():
        for state, number in each_domain.items():
            whole[state] += number
    uses = measured.uses_of_plan(found)
    lit = shades.lights(list(dict.fromkeys(indicator for indicator, _domain in uses)), now=now)
    by_domain: dict[int | None, set[int]] = defaultdict(set)
    for indicator, own in uses:
        by_domain[own].add(indicator)
    worst = [pk for pk, light in lit.items() if light == Light.RED][:MOST_WORST]
    cards = [
        showing.DomainCard(
            domain=each,
            name=shown(each, "name")[0],
            language=shown(each, "name")[1],
            text=shown(each, "text")[0],
            url=each.get_absolute_url(),
            states=showing.states(counts[each.pk], found, each.slug),
            lights=measured.lights_of(lit[pk] for pk in by_domain[each.pk]),
        )
        for each in domains
    ]
    changes = news.latest(found, now=now, measured_by=set(lit))
    recent = news.this_month(changes, now)
    money = sum(cents or 0 for _plan, cents in committed)
    states = showing.states(whole, found)
    context: dict[str, Any] = {
        "plan": found,
        "name": shown(found, "name"),
        "summary": shown(found, "summary"),
        "when": showing.years(found.starts_on, found.ends_on),
        "revision": next(iter(revisions), None) if found.state == PlanState.VALID else None,
        "facts": _facts(states, money, len(lit)),
        "states": states,
        "domains": [card for card in cards if card.domain.kind == DomainKind.DOMAIN],
        "foundations": [card for card in cards if card.domain.kind == DomainKind.FOUNDATION],
        "lights": measured.lights_of(lit.values()),
        "worst": measured.shown_of(measured.by_number(worst), now=now),
        "changes": recent or changes[:6],
        "this_month": bool(recent),
    }
    return render(request, "strategy/portfolio/plan.html", context)


def _facts(states: showing.States, money: int, lit: int) -> list[dict[str, str]]:
    facts = [
        {"value": grouped(states.total), "label": _("projects")},
        {"value": grouped(states.achieved), "label": _("achieved")},
    ]
    if money:
        facts.append({"value": amount(money // 100 * 100), "label": pgettext("money", "decided")})
    elif lit:
        facts.append({"value": grouped(lit), "label": _("indicators")})
    return facts


@require_safe
@shared
def domain(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    """One domain: what it wants to reach, its indicators side by side, its projects. `from` says how many indicators came before."""
    found = domain_at(request, plan, slug)
    keys, first = measured.keys_of_domain(found), whole_number(request.GET.get("from")) or 0
    filters = listing.Filters(domain=found.slug)
    projects = listing.listed(found.plan, filters)
    counts = listing.states_of(projects)
    listed = listing.page_of(projects, listing.IN_ORDER, "").projects[:A_FEW]
    for each in listed:
        each.plan, each.domain = found.plan, found
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
        "indicators": measured.by_number(keys[first : first + DRAWN]),
        "following": f"?from={first + DRAWN}#indicators" if len(keys) > first + DRAWN else "",
        "start": f"{request.path}#indicators" if first else "",
        "states": states,
        "projects": [showing.line(each) for each in listed],
        "more": states.total > len(listed),
        "list": f"{reverse('portfolio:projects', args=[found.plan.slug])}?domain={found.slug}",
    }
    return render(request, "strategy/portfolio/domain.html", context)


def _with_plan(plan: Plan) -> Iterator[Domain]:
    for each in plan.domains.order_by("kind", "number", "pk"):
        each.plan = plan
        yield each
