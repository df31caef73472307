"""The back office of votes, page by page."""

import re

import pytest
from django.urls import reverse

from tests.participation.ideas.factories import call, idea, process
from tests.participation.selections.factories import published
from tests.people.organisations.factories import organisation
from zenne.participation.voting import queries
from zenne.participation.voting.enums import BatchState, Channel, Count, Districts, Method
from zenne.participation.voting.models import CounterPass, Vote, Voter
from zenne.people.organisations.enums import Role

from .factories import AFTER, cast, resident, sealed, vote
from .test_paper import CARD, batch, hand_out, keyed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
OPENS = AFTER
CLOSES_LATER = AFTER.replace(year=2027)


def address(name, of, *more):
    return reverse(f"vote:{name}", args=[of.pk, *more])


def upcoming(**given):
    return vote(opens_at=OPENS, closes_at=CLOSES_LATER, **given)


# --- the list and the board -------------------------------------------------------------------------------------------------


def test_the_list_asks_as_much_for_three_votes_as_for_one(at, django_assert_num_queries):
    of = vote()
    client = at(of)
    client.get(reverse("vote:index"))
    with django_assert_num_queries(14):
        client.get(reverse("vote:index"))
    vote(of.process), vote(of.process)
    with django_assert_num_queries(14):
        assert client.get(reverse("vote:index")).content.decode().count("data-label") == 9


def test_the_board_says_who_voted_by_channel_and_never_for_what(at):
    of = vote()
    cast(of, None, 2)
    hand_out(batch(of))
    said = at(of).get(address("edit", of)).content.decode()
    assert "<strong>2</strong>" in said
    assert [int(count) for count in re.findall(r"</th><td>(\d+)</td>", said)] == [1, 1, 0]
    assert "Choice 2" not in said


def test_the_board_names_what_is_missing_with_the_way_to_it(at):
    of = upcoming(costs=(1_000, 2_000), budget_cents=None)
    said = at(of).get(address("edit", of)).content.decode()
    assert "Missing before the vote can open</h2>" not in said
    assert address("settings", of) in said
    assert "The budget" in said


def test_every_member_sees_the_board_and_only_managers_the_settings(at):
    of = vote()
    client = at(of, Role.EDITOR)
    assert client.get(address("edit", of)).status_code == 200
    assert client.get(address("settings", of)).status_code in (302, 403)


# --- settings ---------------------------------------------------------------------------------------------------------------


def test_only_the_settings_that_a_ballot_needs_are_asked(at):
    of = upcoming()
    client = at(of)
    shown = {
        key: set(client.get(address("settings", of), {"method": key[0], "count": key[1]}).context["form"].fields)
        for key in ((Method.SINGLE, Count.MOST), (Method.APPROVAL, Count.EQUAL_SHARES), (Method.YES_NO, Count.MAJORITY))
    }
    assert {"winners"} <= shown[Method.SINGLE, Count.MOST]
    assert not {"max_choices", "budget_cents", "completion"} & shown[Method.SINGLE, Count.MOST]
    assert {"budget_cents", "basket", "completion", "max_choices"} <= shown[Method.APPROVAL, Count.EQUAL_SHARES]
    assert not {"winners", "points"} & shown[Method.YES_NO, Count.MAJORITY]


def test_settings_are_saved_in_cents_and_what_is_not_asked_goes_back_to_its_default(at):
    of = upcoming(winners=3)
    given = {
        "min_choices": "1",
        "max_choices": "",
        "budget_cents": "134 070,50",
        "basket": "on",
        "min_spent_percent": "0",
        "districts_mode": "none",
        "completion": "add1u",
        "quorum": "0",
        "min_votes": "0",
        "threshold_percent": "0",
        "tie_rule": "order",
        "lot_seed": "",
        "blank_allowed": "on",
    }
    answer = at(of).post(address("settings", of) + "?method=approval&count=equal-shares", given)
    assert answer.status_code == 302, answer.context["form"].errors
    kept = Vote.objects.get(pk=of.pk)
    assert (kept.count, kept.budget_cents, kept.basket, kept.random_order) == ("equal-shares", 13_407_050, True, False)
    assert kept.winners == Vote._meta.get_field("winners").default


def test_an_open_vote_changes_its_quorum_with_a_public_reason_and_nothing_else(at):
    of = vote(winners=1)
    client = at(of)
    form = client.get(address("settings", of)).context["form"]
    assert [name for name, field in form.fields.items() if not field.disabled and not name.startswith("reason")] == [
        "quorum",
        "lot_seed",
    ]
    assert client.post(address("settings", of), {"quorum": "50", "lot_seed": ""}).status_code == 422
    reasons = {f"reason_{language}": "Moins d'habitants." for language in of.process.organisation.languages}
    answer = client.post(address("settings", of), {"quorum": "50", "lot_seed": "", "winners": "9", **reasons})
    assert answer.status_code == 302
    kept = Vote.objects.get(pk=of.pk)
    assert (kept.quorum, kept.winners) == (50, 1)


def test_a_lot_needs_its_seed_and_the_typed_stays(at):
    of = upcoming()
    given = {"districts_mode": "none", "winners": "2", "quorum": "0", "min_votes": "0", "threshold_percent": "0"}
    answer = at(of).post(address("settings", of) + "?method=single&count=most", {**given, "tie_rule": "lot"})
    assert answer.status_code == 422
    assert answer.context["form"]["winners"].value() == "2"


# --- options ----------------------------------------------------------------------------------------------------------------


def test_a_ballot_begins_with_what_a_selection_kept(at):
    of = upcoming(options=0)
    kept = [idea(call(of.process)) for _each in range(2)]
    source = published(kept)
    client = at(of)
    answer = client.post(address("options", of), {"verb": "begin", "source": source.pk})
    assert answer.status_code == 302
    assert [option.idea_id for option in of.options.order_by("number")] == [each.pk for each in kept]


def test_options_are_written_moved_made_incompatible_and_taken_off(at):
    of = upcoming(options=2, costs=(1_000, 2_000))
    client, languages = at(of), of.process.organisation.languages
    words = {f"title_{language}": f"Un kiosque {language}" for language in languages}
    assert client.post(address("option", of, 0), {**words, "cost_cents": "12.5"}).status_code == 302
    third = of.options.get(number=3)
    assert third.cost_cents == 1250
    client.post(address("options", of), {"verb": "up", "item": third.pk})
    assert list(of.options.order_by("number").values_list("pk", flat=True))[1] == third.pk
    first = of.options.get(number=1)
    client.post(address("options", of), {"verb": "exclude", "first": first.pk, "second": third.pk})
    assert of.exclusions.count() == 1
    assert (
        client.post(address("options", of), {"verb": "exclude", "first": first.pk, "second": first.pk}).status_code
        == 422
    )
    client.post(address("options", of), {"verb": "remove", "item": third.pk})
    assert [option.number for option in of.options.order_by("number")] == [1, 2]


def test_an_option_without_a_title_in_a_promised_language_is_not_saved(at):
    of = upcoming(of=process(organisation("Jette", languages=["fr", "nl"])))
    answer = at(of).post(address("option", of, 0), {"title_fr": "Seulement ici"})
    assert answer.status_code == 422
    assert "Seulement ici" in answer.content.decode()


def test_groups_are_added_and_removed(at):
    of = upcoming(districts_mode=Districts.ONE)
    client = at(of)
    words = {f"title_{language}": "Nord" for language in of.process.organisation.languages}
    assert client.post(address("district", of, 0), words).status_code == 302
    group = of.districts.get()
    assert "Nord" in client.get(address("options", of)).content.decode()
    client.post(address("options", of), {"verb": "remove-district", "item": group.pk})
    assert not of.districts.exists()


def test_nothing_on_the_ballot_moves_once_the_vote_is_open(at):
    of = vote()
    client = at(of)
    client.post(address("options", of), {"verb": "down", "item": of.options.get(number=1).pk})
    assert (
        "<button"
        not in client.get(address("options", of)).content.decode().split("zenne-vote-options")[1].split("</ol>")[0]
    )
    assert of.options.get(number=1).title == "Option 1"


# --- the counter ------------------------------------------------------------------------------------------------------------


def looked_up(client, of, who):
    answer = client.post(address("desk", of), {"verb": "look", "who": who})
    assert "no-store" in answer["Cache-Control"]
    return answer


def test_somebody_with_a_card_is_handed_a_ballot_and_not_a_second(at):
    of = vote()
    batch(of)
    client = at(of, Role.EDITOR)
    token = looked_up(client, of, CARD).context["token"]
    done = client.post(address("desk", of), {"verb": "paper", "guest": token, "batch": "1"})
    assert done.status_code == 302
    again = looked_up(client, of, CARD)
    assert again.context["channel"] == Channel.PAPER
    refused = client.post(address("desk", of), {"verb": "paper", "guest": token, "batch": "1"})
    assert refused.status_code == 409
    assert Voter.objects.filter(vote=of).count() == 1


def test_who_voted_online_is_told_so_at_the_counter(at):
    of, person = vote(), resident()
    cast(of, person)
    batch(of)
    answer = looked_up(at(of), of, person.email)
    assert "voted online" in answer.content.decode()
    assert "Hand over a paper ballot" not in answer.content.decode()


def test_an_unused_ballot_is_taken_back_at_the_counter(at):
    of, person = vote(), resident()
    batch(of)
    client = at(of)
    token = looked_up(client, of, person.email).context["token"]
    client.post(address("desk", of), {"verb": "paper", "guest": token, "batch": "1"})
    client.post(address("desk", of), {"verb": "back", "guest": token, "batch": "1"})
    assert not Voter.objects.filter(vote=of).exists()


def test_a_number_or_address_that_cannot_be_is_said_beside_the_field(at):
    of = vote()
    client = at(of)
    for who in ("123", "nobody@example.org"):
        answer = looked_up(client, of, who)
        assert answer.status_code == 422
        assert answer.context["form"].errors["who"]


def test_a_page_that_was_meddled_with_serves_nobody(at):
    of, other = vote(), vote()
    batch(of)
    client = at(of)
    stolen = looked_up(at(other), other, CARD).context["token"]
    for token in ("", "x.y.z", stolen):
        assert client.post(address("desk", of), {"verb": "paper", "guest": token, "batch": "1"}).status_code == 302
    assert not Voter.objects.exists()


def test_a_ballot_is_opened_on_a_screen(at):
    of = vote()
    client = at(of)
    token = looked_up(client, of, CARD).context["token"]
    said = client.post(address("desk", of), {"verb": "screen", "guest": token})
    assert "".join(said.context["opened"]["code"]) in said.context["opened"]["path"]
    assert CounterPass.objects.count() == 1


# --- paper ------------------------------------------------------------------------------------------------------------------


def test_a_batch_is_made_printed_and_brought_to_the_counter(at):
    of = vote()
    client = at(of)
    answer = client.post(address("batches", of), {"language": "fr", "printed": "50"})
    assert answer.url == address("batch", of, 1)
    sheets = client.get(address("sheets", of, 1))
    assert sheets.content.startswith(b"%PDF-")
    client.post(address("batch", of, 1), {"verb": "out"})
    assert of.batches.get().state == BatchState.OUT


def test_who_did_one_reading_is_not_offered_the_other(at, clock_shows):
    of = vote()
    made = batch(of)
    hand_out(made)
    clock_shows(AFTER)
    sealed(of)
    one, two = at(of, Role.EDITOR), at(of, Role.MODERATOR)
    one.post(address("batch", of, 1), {"verb": "in", "returned": "1"})
    one.post(address("key", of, 1, 1), {"line": "1", "sheet": 1})
    assert 'name="line"' in two.get(address("key", of, 1, 2)).text
    refused = one.get(address("key", of, 1, 2))
    assert refused.context["read_other"] and 'name="line"' not in refused.text


def test_a_remark_that_no_database_can_hold_is_refused(at):
    of = vote()
    made = batch(of)
    answer = at(of).post(address("batch", of, made.number), {"verb": "explain", "remark_fr": "Un\x00"})
    assert answer.status_code == 400
    assert "no text can hold" in answer.text


def test_two_people_key_a_batch_a_third_settles_and_it_is_reconciled(at, clock_shows):
    of = vote()
    made = batch(of)
    for _each in range(3):
        hand_out(made)
    clock_shows(AFTER)
    sealed(of)
    manager, one, two = at(of), at(of, Role.EDITOR), at(of, Role.MODERATOR)
    assert manager.post(address("batch", of, 1), {"verb": "in", "returned": "x"}).status_code == 422
    manager.post(address("batch", of, 1), {"verb": "in", "returned": "2"})
    for client, reading, lines in ((one, 1, ("1 2", "0")), (two, 2, ("1 2", "3"))):
        for sheet, line in enumerate(lines, 1):
            here = address("key", of, 1, reading)
            assert client.get(here).context["sheet"] == sheet
            assert client.post(here, {"line": line, "sheet": sheet}).status_code == 302
        assert client.get(here).context["finished"]
    assert one.post(address("key", of, 1, 2), {"line": "1", "sheet": 1}).status_code == 409
    queue = manager.get(address("differing", of, 1))
    assert [(row["sheet"], row["one"], row["other"]) for row in queue.context["rows"]] == [
        (2, ["Blank"], ["3 – Choice 3"])
    ]
    assert manager.post(address("differing", of, 1), {"line": "9", "sheet": 2}).status_code == 422
    manager.post(address("differing", of, 1), {"line": "0", "sheet": 2})
    assert manager.post(address("batch", of, 1), {"verb": "settle"}).status_code == 409
    of.process.organisation.languages = ["fr", "nl"]
    of.process.organisation.save()
    half = {"verb": "explain", "remark_fr": "Un électeur a gardé le sien."}
    refused = manager.post(address("batch", of, 1), half)
    assert refused.status_code == 422 and half["remark_fr"] in refused.text
    manager.post(address("batch", of, 1), half | {"remark_nl": "Een kiezer hield het zijne."})
    manager.post(address("batch", of, 1), {"verb": "settle"})
    made.refresh_from_db()
    assert (made.state, made.missing) == (BatchState.SETTLED, 1)
    assert manager.get(address("batches", of)).context["total"] == {
        "printed": 10,
        "issued": 3,
        "returned": 2,
        "keyed": 2,
        "void": 0,
        "missing": 1,
    }
    assert [ballot.channel for ballot in of.sealed.all()] == [Channel.PAPER] * 2


def test_a_wrong_line_stays_in_the_field_with_its_reason(at, clock_shows):
    of = vote()
    hand_out(batch(of))
    clock_shows(AFTER)
    client = at(of)
    client.post(address("batch", of, 1), {"verb": "in", "returned": "1"})
    answer = client.post(address("key", of, 1, 1), {"line": "1 77", "sheet": "1"})
    assert answer.status_code == 422
    assert 'value="1 77"' in answer.content.decode()
    assert "no option 77" in answer.content.decode()


def test_a_sheet_that_does_not_count_keeps_the_line_that_was_typed(at, clock_shows):
    of = vote(max_choices=1)
    for _each in range(2):
        hand_out(made := batch(of) if not of.batches.exists() else of.batches.get())
    clock_shows(AFTER)
    one, two, manager = at(of, Role.EDITOR), at(of, Role.MODERATOR), at(of)
    manager.post(address("batch", of, 1), {"verb": "in", "returned": "2"})
    one.post(address("key", of, 1, 1), {"line": "3  1", "sheet": 1})
    assert "<code>3 1</code>" in one.get(address("key", of, 1, 1)).text
    assert 'value="3 1"' in one.get(address("key", of, 1, 1) + "?sheet=1").text
    one.post(address("key", of, 1, 1), {"line": "u", "sheet": 2})
    assert 'value="u"' in one.get(address("key", of, 1, 1) + "?sheet=2").text
    for sheet in (1, 2):
        two.post(address("key", of, 1, 2), {"line": "1", "sheet": sheet})
    rows = manager.get(address("differing", of, 1)).context["rows"]
    assert [row["one"] for row in rows] == [["Invalid: Too many choices", "3 1"], ["Invalid: It cannot be read"]]
    made.refresh_from_db()
    assert made.state == BatchState.RETURNED


def test_the_queue_asks_as_much_for_thirty_sheets_as_for_three(at, clock_shows, django_assert_num_queries):
    of = vote()
    few, many = batch(of), batch(of, printed=40)
    for made, sheets in ((few, 3), (many, 30)):
        for _each in range(sheets):
            hand_out(made)
        keyed(made, *["1"] * sheets, second=["2"] * sheets)
    clock_shows(AFTER)
    client = at(of)
    client.get(address("edit", of))
    for made in (few, many):
        with django_assert_num_queries(22):
            client.get(address("differing", of, made.number))
        with django_assert_num_queries(22):
            client.get(address("batch", of, made.number))
    assert queries.differing(many).count() == 30
