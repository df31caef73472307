"""Votes on a budget inside a bundle: the rule as it is frozen, counted by the kernel of budgets, and recounted by a script that shares nothing with it."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.methods.ballots import strategies
from tests.methods.calm import few
from tests.methods.proofs.bundles import lines, made
from tests.methods.proofs.test_bundle import recount, spelled, unpacked
from zenne.methods import pabulib
from zenne.methods.ballots import content
from zenne.methods.ballots.content import Kind, Malformed
from zenne.methods.ballots.rule import Form, Quorum
from zenne.methods.ballots.rule import Method as Ballot
from zenne.methods.budgets import Completion, equal_shares
from zenne.methods.budgets.elections import from_pabulib
from zenne.methods.proofs.budgets import COMPLETIONS, KINDS, TIES, BudgetRule, Method, Option, Payer
from zenne.methods.proofs.bundle import zipped
from zenne.methods.proofs.verdict import Reason, verify


@st.composite
def rules(draw):
    method = draw(st.sampled_from(list(Method)))
    ids = "abcdef"[: draw(st.integers(1, 6))]
    districts = draw(st.sampled_from([(None,), (None,), ("north", "south")]))
    costs = st.one_of(st.integers(0, 12), st.sampled_from([0, 2, 4, 6]))
    options = [
        Option(one, draw(costs), districts[at % len(districts)], draw(st.sampled_from([0, 0, 2])))
        for at, one in enumerate(ids)
    ]
    used = list(dict.fromkeys(option.district for option in options))
    tie = draw(st.sampled_from(TIES))
    first = [option.id for option in options if option.district == used[0]]
    groups = (
        st.lists(st.frozensets(st.sampled_from(first), min_size=2, max_size=3), max_size=2)
        if len(first) > 1
        else st.just([])
    )
    return BudgetRule(
        method=method,
        options=tuple(options),
        budgets={name: draw(st.integers(0, 25)) for name in used},
        form=Form(draw(st.sampled_from(KINDS)), cap=4, highest=5),
        completion=draw(st.sampled_from(COMPLETIONS[method])),
        utility=draw(st.sampled_from(["cost", "count", "points"])),
        tie=tie,
        seed=draw(st.sampled_from(["1", "2", "é"])) if tie == "lot" else "",
        quorum=draw(st.sampled_from([None, None, Quorum(2, Fraction(1, 10))])),
        exclusions=tuple(draw(groups)),
        unit=draw(st.integers(1, 3)),
        comparison=method is Method.EQUAL_SHARES and draw(st.booleans()),
    )


@st.composite
def bundles(draw):
    rule = draw(rules())
    ids = [option.id for option in rule.options]
    said = draw(st.lists(strategies.contents(Ballot(rule.form.kind.value), ids), max_size=12))
    written = [
        *lines(said[::2]),
        *lines(said[1::2], start=100, district=draw(st.sampled_from(rule.districts))),
    ]
    return made(rule.plain(), written, electorates={str(name or ""): 20 for name in rule.districts})


@few
@given(rules())
def test_rule_that_was_written_is_read_back_the_same(rule):
    assert BudgetRule.parse(rule.plain()) == rule


def test_rule_that_was_frozen_before_comparison_and_payers_were_known_still_counts():
    plain = {key: value for key, value in RULE.plain().items() if key not in ("comparison", "payers")}
    assert BudgetRule.parse(plain) == RULE


EVERY = [(method, completion) for method in Method for completion in COMPLETIONS[method]]
COMPARED = [(Method.EQUAL_SHARES, completion) for completion in COMPLETIONS[Method.EQUAL_SHARES]]


@few
@given(one=bundles())
def test_script_agrees_with_the_kernel_where_everything_is_odd(one, tmp_path, capsys):
    """Nothing costs anything, nobody votes, all is equal, all excludes all."""
    assert_agrees(one, tmp_path, capsys)


@pytest.mark.parametrize("named", EVERY, ids="-".join)
@pytest.mark.parametrize("kind", [Kind.APPROVAL, Kind.POINTS])
def test_script_agrees_with_the_kernel_on_elections_of_some_size(named, kind, tmp_path, capsys):
    """Costs that compete, budgets that end in the middle, voters who run out of money at different moments."""
    for seed in range(20):
        assert_agrees(sized(*named, kind, Random(seed)), tmp_path, capsys)  # noqa: S311


@pytest.mark.parametrize("named", COMPARED, ids="-".join)
@pytest.mark.parametrize("kind", [Kind.APPROVAL, Kind.POINTS])
def test_script_compares_with_greedy_as_the_kernel_does(named, kind, tmp_path, capsys):
    stood = []
    for seed in range(20):
        one = sized(*named, kind, Random(seed), comparison=True)  # noqa: S311
        assert_agrees(one, tmp_path, capsys)
        stood.append(one.result["tally"][""]["preferred"])
    assert any(ours < theirs for ours, theirs in stood)
    assert named[1] == "none" or any(ours >= theirs for ours, theirs in stood)


def sized(method, completion, kind, chance, **more):
    ids = "abcdefgh"
    budget = chance.choice([12, 20, 30, 40])
    costs = [chance.choice([1, 2, 3, 4, 6, 8, 12, 20]) for _ in ids[1:]] + [budget + 1]
    rule = BudgetRule(
        method=method,
        options=tuple(Option(one, cost) for one, cost in zip(ids, costs, strict=True)),
        budgets={None: budget},
        form=Form(kind),
        completion=completion,
        utility="points" if kind is Kind.POINTS else chance.choice(["cost", "count"]),
        exclusions=(frozenset(chance.sample(ids, 2)),),
        unit=1,
        **more,
    )
    dear = ids[-1] * chance.randint(0, 1)  # sometimes everybody wants what costs more than there is
    said = [{*chance.sample(ids, chance.randint(1, 5)), *dear} for _ in range(12)]
    said = [sorted(some) for some in said]
    if kind is Kind.POINTS:
        return made(rule.plain(), lines([content.points({one: chance.randint(1, 9) for one in some}) for some in said]))
    return made(rule.plain(), lines([content.approval(some) for some in said]))


def assert_agrees(one, tmp_path, capsys):
    text = one.files["recount.py"].decode().splitlines()
    assert len(text) < 80 and max(map(len, text)) <= 120
    code, said = recount(one, tmp_path, capsys, root=one.root)
    assert code == 0, (said, code, one.result)


@few
@given(one=bundles())
def test_bundle_of_a_budget_holds_and_another_winner_does_not(one, tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(one.to_bytes())
    assert verify(path, root=one.root, rule=one.digest).holds
    other = [option["id"] for option in one.tally.options][::-1]
    name = next(iter(one.result["tally"]))
    assume(one.result["tally"][name]["winners"] != other)
    result = {**one.result, "tally": {**one.result["tally"], name: {**one.result["tally"][name], "winners": other}}}
    path.write_bytes(zipped(unpacked(one) | {"result.json": spelled(result)}))
    assert verify(path).reason is Reason.RESULT_CHANGED


RULE = BudgetRule(
    method=Method.EQUAL_SHARES,
    options=(Option("a", 60_00), Option("b", 50_00), Option("c", 40_00)),
    budgets={None: 100_00},
    form=Form(Kind.APPROVAL, cost=110_00),
    completion="add1u",
)
BALLOTS = [*map(content.approval, ["ab", "ab", "a", "c", "c", ""])]


def test_one_cost_that_was_changed_is_named(tmp_path):
    one = made(RULE.plain(), lines(BALLOTS))
    path = tmp_path / "bundle.zip"
    files = unpacked(one)
    path.write_bytes(zipped(files | {"vote.json": files["vote.json"].replace(b'"cost": 6000', b'"cost": 7000')}))
    verdict = verify(path)
    assert (verdict.reason, verdict.detail) == (
        Reason.COST_CHANGED,
        "option 'a' costs 6000 in the frozen rule, 7000 here",
    )


def test_cost_that_was_changed_everywhere_is_another_rule(tmp_path):
    one = made(RULE.plain(), lines(BALLOTS))
    cheaper = replace(RULE, options=(Option("a", 55_00), *RULE.options[1:]))
    made(cheaper.plain(), one.lines).write(tmp_path / "bundle.zip")
    assert verify(tmp_path / "bundle.zip", rule=one.digest).reason is Reason.RULE_CHANGED


def test_blank_ballots_have_no_share_of_the_money():
    """Five ballots have 20 of the 100 euros each: three pay 60 for a, two pay 40 for c. With a share for the blank one nobody could pay at once."""
    result = made(RULE.plain(), lines(BALLOTS)).result["tally"][""]
    assert (result["turnout"]["cast"], result["turnout"]["blank"]) == (6, 1)
    assert (result["winners"], result["cost"]) == (["a", "c"], 100_00)
    assert Fraction(result["endowment"]) == 20_00


PAYERS = (
    Payer("1", {None: 70_01}, {"en": "Region", "fr": "Région"}),
    Payer("2", {None: 29_99}),
)


def test_what_is_funded_is_divided_among_who_pays_and_the_bundle_holds_it(tmp_path):
    one = made(replace(RULE, payers=PAYERS).plain(), lines(BALLOTS))
    assert one.result["tally"][""]["payments"] == {"1": {"a": 42_01, "c": 28_00}, "2": {"a": 17_99, "c": 12_00}}
    one.write(tmp_path / "bundle.zip")
    assert verify(tmp_path / "bundle.zip").holds
    files = unpacked(one)
    cheaper = files["result.json"].replace(b"4201", b"4200")
    (tmp_path / "bundle.zip").write_bytes(zipped(files | {"result.json": cheaper}))
    verdict = verify(tmp_path / "bundle.zip")
    assert (verdict.reason, verdict.detail[:8]) == (Reason.RESULT_CHANGED, "payments")


def test_group_of_options_that_nobody_else_pays_for_has_no_payments():
    options = (Option("a", 60_00, "north"), Option("b", 40_00, "south"))
    payers = (Payer("1", {"north": 60_00}), Payer("2", {"north": 40_00}))
    rule = replace(RULE, options=options, budgets={"north": 100_00, "south": 50_00}, payers=payers)
    tally = made(rule.plain(), lines([content.approval("ab")]), electorates={}).result["tally"]
    assert tally["north"]["payments"] == {"1": {"a": 36_00}, "2": {"a": 24_00}}
    assert "payments" not in tally["south"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"method": "coin"}, "not known"),
        ({"completion": "magic"}, "not completed by 'magic'"),
        ({"tie": {"rule": "coin"}}, "A tie rule is"),
        ({"tie": {"rule": "lot"}}, "A tie rule is"),
        ({"districts": []}, "has options, but no budget"),
        ({"districts": [{"id": None, "budget": -1}]}, "whole number of cents"),
        ({"districts": [{"id": None, "budget": 1}, {"id": None, "budget": 1}]}, "same id"),
        ({"exclusions": [["a", "z"]]}, "under one heading"),
        ({"exclusions": ["ab"]}, "lists of ids"),
        ({"options": "abc"}, "are lists"),
        ({"unit": 0}, "at least one cent"),
        ({"comparison": "yes"}, "true or false"),
        ({"method": "greedy", "completion": "none", "comparison": True}, "Only equal shares"),
        ({"payers": {}}, "are lists"),
        ({"payers": [{"id": 1, "amounts": []}]}, "A payer has an id"),
        (
            {"payers": [{"id": "1", "title": {}, "amounts": [{"district": None, "amount": 1}]}]},
            "bring 1 cents together, not 10000",
        ),
        ({"payers": [{"id": "1", "title": {}, "amounts": [{"district": "north", "amount": 1}]}]}, "no budget"),
        ({"payers": [{"id": "1", "title": {}, "amounts": []}, {"id": "1", "title": {}, "amounts": []}]}, "same id"),
        ({"utility": "joy"}, "not known"),
        ({"ballot": {"kind": "ranking"}}, "not counted from ranking"),
    ],
)
def test_rule_that_is_not_one_is_told(change, reason):
    with pytest.raises(Malformed, match=reason):
        BudgetRule.parse(RULE.plain() | change)


def test_basket_that_costs_too_much_is_no_ballot():
    with pytest.raises(Malformed, match="cost at most 11000 together, not 15000"):
        made(RULE.plain(), lines([content.approval("abc")]))


def test_method_that_nobody_knows_is_malformed():
    for method in ("coin", None, ["greedy"], {}):
        with pytest.raises(Malformed):
            made(RULE.plain() | {"method": method}, [])


@pytest.mark.parametrize("districts", [(None, None, None), ("1", "1", "2")])
def test_pabulib_file_says_the_same_election(districts):
    """Read by the house's own reader of the format and counted again: the same winners."""
    options = tuple(replace(option, district=name) for option, name in zip(RULE.options, districts, strict=True))
    rule = replace(RULE, options=options, budgets=dict.fromkeys(districts, 100_00))
    one = made(
        rule.plain(), lines(BALLOTS), electorates={}, about={"pabulib": {"country": "Belgium", "unit": "Brussels"}}
    )
    names = {None: "result.pb", "1": "result-1.pb", "2": "result-2.pb"}
    for name in rule.districts:
        election = pabulib.read(one.files[names[name]])
        assert (election.meta["country"], election.meta["rule"]) == ("Belgium", "equalshares/add1u")
        instance, profile = from_pabulib(election)
        outcome = equal_shares(instance, profile, completion=Completion.ADD1U)
        winners = one.result["tally"][str(name or "")]["winners"]
        assert list(outcome.selected) == winners
        assert {project.id for project in election.projects if project.selected} == set(winners)


def test_pabulib_file_that_was_changed_or_taken_out_is_refused(tmp_path):
    one = made(RULE.plain(), lines(BALLOTS))
    path = tmp_path / "bundle.zip"
    files = unpacked(one)
    path.write_bytes(zipped(files | {"result.pb": files["result.pb"].replace(b"60;", b"61;")}))
    assert verify(path).reason is Reason.RESULT_CHANGED
    path.write_bytes(zipped({name: data for name, data in files.items() if name != "result.pb"}))
    assert verify(path).reason is Reason.RESULT_CHANGED
    path.write_bytes(zipped(files | {"result-x.pb": files["result.pb"]}))
    assert verify(path).reason is Reason.RESULT_CHANGED
