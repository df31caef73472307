"""Small elections, as the tests write them."""

from zenne.methods.budgets import Instance, Project


def city(costs, budget, **conditions):
    """`city({"park": 60, "pool": 50}, 100)`: what may be built for which cost, and the money there is."""
    return Instance(tuple(Project(one, cost) for one, cost in costs.items()), budget, **conditions)


def ballots(groups):
    """`ballots({"park pool": 3})`: three voters who want both."""
    return [ballot.split() for ballot, many in groups.items() for _voter in range(many)]
