"""The rules as their papers state them, word by word, in fractions and loops: slow, and what the quick ones must equal."""

from fractions import Fraction

from zenne.methods.budgets import Instance


def equal_shares(
    instance: Instance, ballots: list[dict[str, int]], worth, endowment: Fraction | None = None
) -> list[str]:
    """`worth(project, points)` is what a project is worth to a voter who gave it so many points. Ties by the published order."""
    purse = [Fraction(instance.budget, len(ballots)) if endowment is None else endowment for _voter in ballots]
    utility = [
        {one.id: worth(one, ballot[one.id]) for one in instance.projects if ballot.get(one.id, 0) > 0}
        for ballot in ballots
    ]
    chosen = [one.id for one in instance.projects if one.cost == 0 and any(one.id in wants for wants in utility)]
    while True:
        best = None
        for project in instance.projects:
            supporters = [voter for voter, wants in enumerate(utility) if wants.get(project.id, 0) > 0]
            if project.id in chosen or not supporters or sum(purse[voter] for voter in supporters) < project.cost:
                continue
            rho = price(project, supporters, utility, purse)
            if best is None or rho < best[0]:
                best = rho, project, supporters
        if best is None:
            return chosen
        rho, project, supporters = best
        chosen.append(project.id)
        for voter in supporters:
            purse[voter] -= min(purse[voter], rho * utility[voter][project.id])


def price(project, supporters, utility, purse) -> Fraction:
    """The smallest rho at which the supporters pay the cost, each at most rho for a unit of utility: tried at each point where somebody is drained."""
    order = sorted(supporters, key=lambda voter: purse[voter] / utility[voter][project.id])
    drained, whole = Fraction(0), sum(utility[voter][project.id] for voter in supporters)
    for voter in order:
        rho = (project.cost - drained) / Fraction(whole)
        if rho * utility[voter][project.id] <= purse[voter]:
            return rho
        drained += purse[voter]
        whole -= utility[voter][project.id]
    raise AssertionError("affordable, and yet no price")


def add1u(instance: Instance, ballots: list[dict[str, int]], worth) -> list[str]:
    """One unit of currency more for everybody, one at a time, every step computed."""
    endowment = Fraction(instance.budget, len(ballots))
    supported = {one for ballot in ballots for one, points in ballot.items() if points > 0}
    costs = {one.id: one.cost for one in instance.projects}
    now = equal_shares(instance, ballots, worth, endowment)
    while any(one not in now and sum(costs[o] for o in now) + costs[one] <= instance.budget for one in supported):
        endowment += instance.unit
        after = equal_shares(instance, ballots, worth, endowment)
        if sum(costs[one] for one in after) > instance.budget:
            break
        now = after
    return now


def phragmen(instance: Instance, ballots: list[dict[str, int]]) -> list[str]:
    load, chosen, left = [Fraction(0)] * len(ballots), [], instance.budget
    while True:
        moments = {}
        for project in instance.projects:
            supporters = [voter for voter, ballot in enumerate(ballots) if ballot.get(project.id, 0) > 0]
            if project.id not in chosen and supporters and project.cost <= instance.budget:
                moments[project] = (
                    (project.cost + sum(load[voter] for voter in supporters)) / Fraction(len(supporters)),
                    supporters,
                )
        if not moments:
            return chosen
        first = min(moment for moment, _supporters in moments.values())
        tied = [project for project, (moment, _supporters) in moments.items() if moment == first]
        if any(project.cost > left for project in tied):
            return chosen
        chosen.append(tied[0].id)
        left -= tied[0].cost
        for voter in moments[tied[0]][1]:
            load[voter] = first
