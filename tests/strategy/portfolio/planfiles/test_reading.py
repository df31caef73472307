"""A plan's file: what it says as records, and what is wrong in it by line and column."""

from datetime import date
from decimal import Decimal

import pytest
import yaml

from zenne.core.languages import LANGUAGES
from zenne.strategy.portfolio.planfiles import bundled, reading
from zenne.strategy.portfolio.planfiles.reading import Faulty, read

from .small import TEXT, told

PLANS = {path.stem: read(path.read_bytes()) for path in bundled.paths()}
STRATEGY = PLANS["smart-city-2030"]


def line_of(words: str) -> int:
    return TEXT[: TEXT.index(words)].count("\n") + 1


def faults(*changes: tuple[str, str]) -> list[tuple[int, str]]:
    with pytest.raises(Faulty) as caught:
        read(told(*changes))
    return [(fault.spot.line, fault.reason) for fault in caught.value.faults]


def test_a_file_becomes_records_with_days_amounts_and_references():
    file = read(told())
    project = file.projects[0]
    assert (project.domain.key, project.carrier.key, project.start) == ("trees", "parks", date(2021, 1, 1))
    assert (project.budget[0].planned, project.budget[0].spent) == (100_050, 95_025)
    assert project.milestones[0].done == date(2022, 11, 30)
    indicator = file.indicators[0]
    assert (indicator.targets[0].value, indicator.measurements[1].area.key) == (Decimal(100), "commune:21010")
    assert (indicator.measurements[0].low, indicator.measurements[0].evidence) == (Decimal(18), "")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("en: Plane trees}", "en: ''}", "empty"),
        (", en: Apples}", "}", "missing in: en"),
        ("en: Apples}", "de: Äpfel, en: Apples}", "no language of the platform"),
        ("state: ongoing", "state: nearly", "one of: longlisted"),
        ("state: ongoing", "state: stopped", "one of: longlisted"),
        ("due: 2025-12-31", "due: 2025-02-30", "a day of the calendar"),
        ("year: 2022", "year: 22", "from 1990 to 2100"),
        ("planned: 1000.50", "planned: -1", "an amount in euro"),
        ("committed: 900", "committed: 1_000", "an amount in euro"),
        ("value: 100", "value: many", "a number with a point"),
        ("carrier: parks", "carrier: [parks]", "the key of something else"),
        ("carrier: parks", "carrier: gardens", "no “gardens” among departments"),
        ("objectives: [shade]\n    points", "objectives: [sun]\n    points", "no “sun” among objectives"),
        ("areas: [district:72]", "areas: [72]", "an area as kind and code"),
        ("areas: [district:72]", "areas: district:72", "Here stands a list"),
        ("ends: 2025-12-31", "ends: 2020-12-31", "ends before it begins"),
        ("decided_on: 2022-01-10", "decided_on: 2023-04-01", "after the day of the states"),
        ("reference: C-2022-1, ", "", "names the decision"),
        ("low: 18", "low: 21", "outside its interval"),
        ("key: tree-school", "key: Tree school", "small letters, digits and hyphens"),
        ("key: tree-school", "key: plane-trees", "for the second time"),
        ("lat: 50.88", "lat: 95", "not on earth"),
        ("why: {fr: Pour tous", "wy: {fr: Pour tous", "“wy” is not known here"),
        ("depends_on: [plane-trees]", "depends_on: [tree-school]", "wait for each other: tree-school > tree-school"),
        ("day: 2023-03-01", "day: 2023-04-01", "after that of the states"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old, new, reason):
    found = faults((old, new))
    assert any(reason in said for _line, said in found), found
    # A fault of a whole row stands where the row begins; every other on the line itself.
    last = line_of(old) + old.count("\n") + 1
    assert all(line_of("- key: printed") <= line <= last for line, said in found if reason in said)


def test_every_fault_is_named_at_once_in_the_order_of_the_file():
    found = faults(("state: ongoing", "state: nearly"), ('unit: ""', "unit: [x]"), ("kind: foundation", "kind: pillar"))
    assert [line for line, _reason in found] == sorted(line for line, _reason in found)
    assert len(found) == 3


def test_a_key_that_stands_twice_is_named_beside_every_other_fault():
    found = faults(("key: tree-school", "key: plane-trees"), ("state: validated", "state: nearly"))
    assert [reason.partition(" ")[0] for _line, reason in found] == ["The", "Here"]
    assert "for the second time" in found[0][1]


def test_who_decides_stands_in_the_validation_and_not_among_those_who_carry():
    [(line, reason)] = faults(("role: cell", "role: council"))
    assert line == line_of("role: cell") and "one of: directors, cell" in reason


def test_a_column_points_at_the_value():
    with pytest.raises(Faulty) as caught:
        read(told(("state: ongoing", "state: nearly")))
    assert caught.value.faults[0].spot.column == len("    state: ") + 1


def test_a_row_that_is_wrong_is_not_also_missed_by_those_who_name_it():
    found = faults(("name: {fr: Espaces verts, nl: Groen, en: Parks}", "name: {fr: Espaces verts}"))
    assert [reason for _line, reason in found] == ["This text is missing in: nl, en."]


def test_a_decided_project_needs_a_decision_of_the_plan():
    start, end = TEXT.index("  validation:"), TEXT.index("documents:")
    with pytest.raises(Faulty) as caught:
        read((TEXT[:start] + TEXT[end:]).encode())
    assert [fault.reason for fault in caught.value.faults] == [
        f"“{state}” needs a decision: the plan has no validation." for state in ("ongoing", "validated")
    ]


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, "empty"),
        (b"plan: [\n", 2, "not YAML"),
        (b"plan:\n\tkey: x\n", 2, "not YAML"),
        (b"plan:\n  key: \xff\n", 2, "not UTF-8"),
        (b"- 1\n", 1, "a mapping with: plan"),
        (b"plan: &a {key: *a}\n", 1, "are not read"),
        (b"plan: {key: a, key: b}\n", 1, "for the second time"),
        (b"plan: {key: a}\n", 1, "This is missing"),
        (b"[" * 100_000, 1, "nested deeper"),
        (b'plan: "\\0"\n', 1, "a mapping with"),
        (b" " * (reading.MOST_BYTES + 1), 1, "is the most"),
    ],
    ids=["nothing", "unclosed", "tab", "latin", "list", "alias", "twice", "short", "deep", "nul", "huge"],
)
def test_what_is_no_plan_at_all_ends_in_a_line_and_a_reason(data, line, reason):
    with pytest.raises(Faulty) as caught:
        read(data)
    assert any(fault.spot.line == line and reason in fault.reason for fault in caught.value.faults), str(caught.value)


def test_lengths_are_those_of_the_tables():
    from zenne.strategy.indicators.models import Indicator
    from zenne.strategy.portfolio.models import Objective, Plan, Project

    def longest(model, name):
        return model._meta.get_field(name).max_length

    assert (longest(Project, "title"), longest(Project, "summary")) == (reading.TITLE, reading.SUMMARY)
    assert (longest(Objective, "title"), longest(Indicator, "name")) == (reading.LONG_TITLE, reading.NAME)
    assert min(longest(Plan, "summary"), longest(Project, "source_note")) >= reading.REASON
    assert longest(Project, "why") >= reading.TEXT


# --- what comes with the platform ------------------------------------------------------------------------------------------------


def test_the_strategy_has_seven_domains_four_foundations_and_sixty_nine_projects():
    kinds = {each.key: each.kind for each in STRATEGY.domains}
    assert list(kinds.values()) == ["domain"] * 7 + ["foundation"] * 4
    projects = [kinds[each.domain.key] for each in STRATEGY.projects]
    assert (projects.count("domain"), projects.count("foundation")) == (46, 23)


def test_the_strategy_has_as_many_projects_in_each_domain_as_the_printed_one():
    counted = [sum(project.domain.key == domain.key for project in STRATEGY.projects) for domain in STRATEGY.domains]
    assert counted == [9, 8, 7, 5, 6, 6, 5, 11, 5, 5, 2]


def test_each_objective_stands_once_and_is_shared_by_its_domains():
    shared = [
        sum(domain.key in {ref.key for ref in each.domains} for each in STRATEGY.objectives)
        for domain in STRATEGY.domains
    ]
    assert (len(STRATEGY.objectives), shared[:7]) == (27, [6, 3, 7, 5, 4, 6, 2])
    of_foundations = {domain.key for domain in STRATEGY.domains if domain.kind == "foundation"}
    assert sum(bool({ref.key for ref in each.domains} & of_foundations) for each in STRATEGY.objectives) == 7
    named = {ref.key for project in STRATEGY.projects for ref in project.objectives}
    assert named == {each.key for each in STRATEGY.objectives}


def test_the_states_of_march_2023_add_up_to_what_the_indicator_says():
    counted = [sum(each.state == state for each in STRATEGY.projects) for state in ("achieved", "ongoing", "validated")]
    assert counted == [11, 21, 37]
    achieved = next(each for each in STRATEGY.indicators if each.key == "smart-city-projects-achieved")
    assert [each.value for each in achieved.measurements] == [11]
    assert [each.value for each in achieved.targets] == [69]


def test_where_printings_disagree_both_are_noted():
    noted = {each.key for each in STRATEGY.projects if each.note}
    assert {"vacant-buildings", "social-housing-meters", "ten-minute-city"} <= noted


def test_what_was_published_as_a_figure_is_there_with_its_source():
    values = {each.key: [each_.value for each_ in each.measurements] for each in STRATEGY.indicators}
    aims = {each.key: [each_.value for each_ in each.targets] for each in STRATEGY.indicators}
    assert values["gas-use-of-city-buildings"] == [-34]
    assert values["city-population-growth"] == [Decimal("6.5"), 40]
    assert (values["sites-with-nrclick"], aims["sites-with-nrclick"]) == ([40], [70])
    assert (aims["trips-by-public-transport"], aims["trips-by-private-car"]) == ([11], [-25])
    assert all(each.source.section for plan in PLANS.values() for each in plan.indicators)
    assert {each.evidence for each in STRATEGY.indicators} == {"measured", "reported", "estimated"}


@pytest.mark.parametrize("plan", PLANS)
def test_no_text_is_the_same_in_two_languages_unless_it_is_a_name(plan):
    for project in PLANS[plan].projects:
        for said in (project.summary, project.why):
            assert set(said) == set(LANGUAGES)
            assert len(set(said.values())) == len(LANGUAGES), project.key


@pytest.mark.parametrize("plan", PLANS)
def test_a_project_says_what_and_why_in_two_or_three_sentences(plan):
    for project in PLANS[plan].projects:
        for language in LANGUAGES:
            said = f"{project.summary[language]} {project.why[language]}".replace("Living-in.eu", "").replace(
                "vegetalisons.bruxelles.be", ""
            )
            said = said.replace("Commercelocal.brussels", "")
            assert 2 <= said.count(". ") + said.endswith((".", "”.")) <= 4, (project.key, language)


def test_every_plan_is_a_file_of_plain_yaml():
    for path in bundled.paths():
        assert yaml.safe_load(path.read_text())["plan"]["key"] == path.stem
