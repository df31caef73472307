"""Several budgets at once: every heading (a district, a theme) with its own money and its own projects."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from .instance import Instance, NotAnInstance
from .outcome import Outcome
from .profile import Profile

Rule = Callable[[Instance, Profile], Outcome]


def by_heading(
    instance: Instance, profile: Profile, budgets: Mapping[str, int], *, everyone: bool = True
) -> dict[str, tuple[Instance, Profile]]:
    """One election for each heading, in the order of `budgets`, which must name every heading that a project has.

    `everyone=False`: only who supports a project of the heading shares its budget (it matters to equal shares). Exclusions hold inside a heading.
    """
    headings = {project.heading for project in instance.projects}
    for heading in sorted(headings - budgets.keys()):
        raise NotAnInstance(f"heading {heading!r} has projects, but no budget")
    found = {}
    for heading, budget in budgets.items():
        places = [at for at, project in enumerate(instance.projects) if project.heading == heading]
        projects = tuple(instance.projects[at] for at in places)
        ids = {project.id for project in projects}
        groups = tuple(group & ids for group in instance.exclusions if len(group & ids) > 1)
        part = replace(instance, projects=projects, budget=budget, exclusions=groups, caps={})
        found[heading] = part, profile.only(places, everyone=everyone)
    return found


def tally_headings(
    instance: Instance, profile: Profile, budgets: Mapping[str, int], rule: Rule, *, everyone: bool = True
) -> dict[str, Outcome]:
    """The outcome of each heading. What one leaves over does not pass to another."""
    parts = by_heading(instance, profile, budgets, everyone=everyone)
    return {heading: rule(*part) for heading, part in parts.items()}
