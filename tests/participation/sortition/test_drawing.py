"""From a closed pool to a drawn panel: committed before chance speaks, drawn once, annulled only in public."""

import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from tests.participation.ideas.factories import staff
from zenne.core.errors import Conflict, Invalid
from zenne.methods.lottery.verdict import verify
from zenne.participation.processes.models import Change
from zenne.participation.sortition import actions, computing, drawing, queries
from zenne.participation.sortition.enums import DrawState, LotteryState, OfferState, Source
from zenne.participation.sortition.errors import WrongStep
from zenne.participation.sortition.models import Answer, Draw, Relaxation
from zenne.people.access.answers import NotAllowed
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

from .factories import (
    AFTER,
    CHANCE,
    DICE,
    LATER,
    checked,
    chief,
    closed,
    committed,
    drawn,
    lottery,
    pool,
    ready,
    thrown,
)

pytestmark = pytest.mark.django_db
WHY = {"fr": "Trop peu de réponses.", "nl": "Te weinig antwoorden.", "en": "Too few answers."}
# Round 1000 of drand's quicknet, as it was published.
ROUND = 1000
PUBLISHED = datetime(2023, 8, 23, 15, 59, 24, tzinfo=UTC)
SIGNATURE = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"  # pragma: allowlist secret


class TestClosing:
    def test_the_pool_is_numbered_when_it_closes_in_an_order_that_says_nothing(self):
        of = closed(30)
        numbers = list(Answer.objects.filter(lottery=of).order_by("pk").values_list("number", flat=True))
        assert sorted(numbers) == list(range(1, 31))
        assert numbers != sorted(numbers)

    def test_it_closes_at_its_moment_and_once(self):
        of = lottery()
        pool(of, 3)
        with pytest.raises(WrongStep):
            actions.close(of, now=AFTER - timedelta(minutes=5))
        assert actions.close_due(now=AFTER) == 1
        assert actions.close_due(now=AFTER) == 0
        assert Entry.objects.filter(event="lottery.closed").count() == 1


class TestChecking:
    def test_a_pool_that_meets_the_quotas_is_checked(self):
        of = checked()
        assert of.state == LotteryState.CHECKED
        assert of.check_result["state"] == "possible"

    def test_a_pool_smaller_than_the_panel_says_so_and_offers_no_change_of_quotas(self):
        of = checked(3)
        assert of.state == LotteryState.CLOSED
        assert of.check_result["options"] == []
        assert (
            of.check_result["fault"]["nl"]
            == "De kandidaten kunnen maar 3 van de 4 zetels bezetten, wat de quota ook zijn."
        )
        assert of.check_result["fault"]["en"] == "The pool can fill only 3 of 4 seats, whatever the quotas."

    def test_quotas_that_cannot_be_met_are_widened_by_a_public_decision_and_checked_again(self):
        of = checked(quotas={"gender": {"w": (4, 4), "m": (0, 0)}, "age": {"young": (0, 0), "old": (4, 4)}}, people=8)
        assert of.check_result["state"] == "impossible"
        option = of.check_result["options"][0]
        assert option
        by = chief(of)
        with pytest.raises(Invalid):
            actions.widen(of, option=0, reason={"nl": "Alleen hier"}, by=by, now=LATER)
        assert not Relaxation.objects.exists()
        actions.widen(of, option=0, reason=WHY, by=by, now=LATER)
        computing.check(of.pk)
        of.refresh_from_db()
        assert of.state == LotteryState.CHECKED
        change = Change.objects.get(activity=of.activity)
        assert change.reason_nl == WHY["nl"]
        assert {each.change for each in Relaxation.objects.all()} == {change}
        assert Entry.objects.filter(event="lottery.quota_widened").count() == len(option)

    def test_an_option_found_for_another_pool_is_not_taken(self):
        of = checked(quotas={"gender": {"w": (4, 4), "m": (0, 0)}, "age": {"young": (0, 0), "old": (4, 4)}}, people=8)
        actions.withdraw(queries.pool(of).first(), by=None, now=LATER)
        with pytest.raises(Conflict):
            actions.widen(of, option=0, reason=WHY, by=chief(of), now=LATER)


class TestComputing:
    def test_the_odds_of_everybody_are_known_when_it_is_done_and_nothing_is_public(self):
        draw = ready()
        assert draw.state == DrawState.READY
        assert set(draw.odds) == {str(number) for number in range(1, 13)}
        assert sum(draw.odds.values()) == 4 * 1_000_000
        assert not queries.public_draws(draw.lottery).exists()

    def test_pressing_twice_begins_one_draw(self):
        of = checked()
        actions.begin_draw(of, by=chief(of), now=LATER)
        with pytest.raises(Conflict):
            actions.begin_draw(of, by=chief(of), now=LATER)
        assert Draw.objects.count() == 1

    def test_stopping_harms_nothing_what_was_found_is_kept_or_put_away(self):
        of = checked()
        draw = actions.begin_draw(of, by=chief(of), now=LATER)
        actions.stop_computing(draw, by=chief(of), now=LATER)
        computing.compute(draw.pk)
        draw.refresh_from_db()
        assert draw.state in (DrawState.READY, DrawState.STOPPED)
        if draw.state == DrawState.READY:
            actions.discard_draw(draw, by=chief(of), now=LATER)
        assert actions.begin_draw(of, by=chief(of), now=LATER).number == 2

    def test_a_computation_without_any_odds_says_why_and_leaves_the_way_free(self):
        of = checked()
        draw = actions.begin_draw(of, by=chief(of), now=LATER)
        draw.instance.save("draws/other.json", ContentFile(draw.instance.read().replace(b'"size":4', b'"size":40')))
        computing.compute(draw.pk)
        draw.refresh_from_db()
        assert draw.state == DrawState.FAILED
        assert set(draw.failure["words"]) == {"fr", "nl", "en"}
        assert actions.begin_draw(of, by=chief(of), now=LATER).number == 2

    def test_a_worker_that_was_killed_in_the_middle_does_it_again_with_the_same_odds(self, monkeypatch):
        of = checked()
        draw = actions.begin_draw(of, by=chief(of), now=LATER)
        whole = drawing.compute

        def killed(*args, **kwargs):
            whole(*args, **kwargs)
            raise SystemExit  # the worker's process ends here

        with monkeypatch.context() as patched, pytest.raises(SystemExit):
            patched.setattr(drawing, "compute", killed)
            computing.compute(draw.pk)
        draw.refresh_from_db()
        assert draw.state == DrawState.COMPUTING
        computing.compute(draw.pk)
        computing.compute(draw.pk)
        draw.refresh_from_db()
        assert draw.state == DrawState.READY
        assert Entry.objects.filter(event="lottery.computed").count() == 1
        other = actions.discard_draw(draw, by=chief(of), now=LATER)
        assert ready(of).distribution_digest == other.distribution_digest

    def test_only_managers_compute_commit_draw_and_annul(self):
        draw = thrown()
        editor = staff(draw.lottery.process.organisation, Role.EDITOR)
        for verb, given in (
            (actions.draw_panel, {}),
            (actions.annul, {"reason": WHY}),
            (actions.discard_draw, {}),
            (actions.stop_computing, {}),
        ):
            with pytest.raises(NotAllowed):
                verb(draw, by=editor, now=CHANCE, **given)


class TestCommitting:
    def test_what_is_committed_is_public_before_chance_exists(self):
        draw = committed()
        assert draw.state == DrawState.COMMITTED
        assert draw.due_at == CHANCE > draw.published_at
        assert draw.commitment["source"] == {"kind": "dice", "throws": 20, "announced": "2026-07-07T09:31:00Z"}
        assert list(queries.public_draws(draw.lottery)) == [draw]
        assert set(drawing.files_of(draw)) == {"commitment.json", "pool.csv", "quotas.csv", "distribution.csv"}

    def test_the_published_pool_says_nothing_of_who_it_is(self):
        draw = committed()
        said = b"".join(drawing.files_of(draw).values()).decode()
        for answer in Answer.objects.all():
            for private in (answer.name, answer.email, answer.household):
                assert private not in said

    @pytest.mark.parametrize("moment", [LATER, LATER - timedelta(days=1), LATER + timedelta(minutes=4)])
    def test_a_moment_that_is_past_or_too_near_is_refused(self, moment):
        draw = ready()
        with pytest.raises(Invalid):
            actions.commit(draw, source=Source.DRAND, moment=moment, by=chief(draw.lottery), now=LATER)

    def test_a_pool_that_changed_since_the_odds_were_computed_is_not_committed(self):
        draw = ready()
        actions.withdraw(queries.pool(draw.lottery).first(), by=None, now=LATER)
        with pytest.raises(Conflict):
            actions.commit(draw, source=Source.DRAND, moment=CHANCE, by=chief(draw.lottery), now=LATER)

    def test_the_database_refuses_a_commitment_after_its_chance(self):
        draw = committed()
        with pytest.raises(IntegrityError, match="draw_committed_before_chance"), transaction.atomic():
            Draw.objects.filter(pk=draw.pk).update(published_at=CHANCE)

    def test_two_people_who_commit_at_once_leave_one_commitment(self):
        draw = ready()
        given = {"source": Source.DICE, "throws": 20, "moment": CHANCE, "now": LATER}
        actions.commit(draw, by=chief(draw.lottery), **given)
        with pytest.raises(WrongStep):
            actions.commit(draw, by=chief(draw.lottery), **given)
        assert Entry.objects.filter(event="lottery.committed").count() == 1


class TestChance:
    def test_dice_count_when_two_people_read_the_same(self):
        draw = committed()
        ann, bram = (staff(draw.lottery.process.organisation, name=name) for name in ("Ann", "Bram"))
        actions.read_dice(draw, digits=DICE, by=ann, now=CHANCE)
        actions.read_dice(draw, digits=DICE, by=ann, now=CHANCE)
        draw.refresh_from_db()
        assert draw.randomness == ""
        actions.read_dice(draw, digits=DICE[::-1], by=bram, now=CHANCE)
        draw.refresh_from_db()
        assert draw.randomness == ""
        actions.read_dice(draw, digits=" ".join(DICE), by=bram, now=CHANCE)
        draw.refresh_from_db()
        assert draw.randomness == DICE
        read = Entry.objects.filter(event="lottery.dice_read").order_by("pk")
        assert [each.details["throws"] for each in read] == [DICE, DICE, DICE[::-1], DICE]
        assert [each.actor for each in read] == [ann, ann, bram, bram]

    @pytest.mark.parametrize("digits", ["", "123", DICE.replace("1", "7"), DICE + "1", "six"])
    def test_throws_that_were_not_announced_are_refused(self, digits):
        draw = committed()
        with pytest.raises(Invalid):
            actions.read_dice(draw, digits=digits, by=chief(draw.lottery), now=CHANCE)

    def test_nothing_is_entered_before_the_moment(self):
        draw = committed()
        with pytest.raises(Conflict):
            actions.read_dice(draw, digits=DICE, by=chief(draw.lottery), now=CHANCE - timedelta(seconds=1))

    def test_only_the_signature_of_the_named_round_counts(self):
        draw = ready()
        begun = PUBLISHED - timedelta(hours=1)
        Draw.objects.filter(pk=draw.pk).update(made_at=begun)
        by = chief(draw.lottery)
        draw = actions.commit(draw, source=Source.DRAND, moment=PUBLISHED, by=by, now=begun)
        assert (draw.round, draw.due_at) == (ROUND, PUBLISHED)
        for wrong in ("", "b4" * 48, SIGNATURE[:-2] + "00", SIGNATURE[2:]):
            with pytest.raises(Invalid):
                actions.enter_signature(draw, signature=wrong, by=by, now=PUBLISHED)
        actions.enter_signature(draw, signature=SIGNATURE.upper(), by=by, now=PUBLISHED)
        draw = actions.draw_panel(draw, by=by, now=PUBLISHED)
        assert len(draw.panel) == 4


class TestDrawing:
    def test_the_panel_meets_the_quotas_and_everybody_else_is_in_reserve(self):
        draw = drawn()
        assert sorted([*draw.panel, *draw.reserve]) == list(range(1, 13))
        groups = list(Answer.objects.filter(number__in=draw.panel).values_list("features", flat=True))
        assert sum(each["gender"] == "w" for each in groups) == 2
        assert 1 <= sum(each["age"] == "old" for each in groups) <= 3
        assert draw.lottery.state == LotteryState.DRAWN

    def test_the_bundle_draws_the_same_again(self, tmp_path):
        draw = drawn()
        path = tmp_path / "bundle.zip"
        with draw.bundle.open("rb") as file:
            path.write_bytes(file.read())
        assert verify(path).reason == "holds"
        with zipfile.ZipFile(path) as bundle:
            said = b"".join(bundle.read(name) for name in bundle.namelist()).decode()
        assert "Personne" not in said
        assert "example.org" not in said

    def test_pressed_twice_or_by_two_people_there_is_one_draw(self):
        draw = drawn()
        panel, seed = draw.panel, draw.seed
        with pytest.raises(WrongStep):
            actions.draw_panel(draw, by=chief(draw.lottery), now=CHANCE + timedelta(minutes=1))
        draw.refresh_from_db()
        assert (draw.panel, draw.seed) == (panel, seed)
        assert Entry.objects.filter(event="lottery.drawn").count() == 1
        assert draw.offers.count() == 4

    def test_nothing_is_drawn_before_chance_spoke(self):
        draw = committed()
        for now in (CHANCE - timedelta(seconds=1), CHANCE):
            with pytest.raises(WrongStep):
                actions.draw_panel(draw, by=chief(draw.lottery), now=now)

    def test_the_database_holds_one_live_draw_for_a_lottery(self):
        draw = drawn()
        with pytest.raises(IntegrityError, match="draw_one_live"), transaction.atomic():
            Draw.objects.create(
                lottery=draw.lottery,
                number=2,
                algorithm=draw.algorithm,
                size=4,
                instance_digest=draw.instance_digest,
                pool_size=12,
                made_at=CHANCE,
            )

    def test_somebody_erased_after_committing_keeps_their_number_and_a_seat_goes_to_the_next(self):
        draw = thrown()
        for answer in Answer.objects.all()[:9]:
            actions.erase_answer(answer, by=None, now=CHANCE)
        draw = actions.draw_panel(draw, by=chief(draw.lottery), now=CHANCE)
        asked = draw.offers.filter(state=OfferState.OFFERED).values_list("answer__erased_at", flat=True)
        assert set(asked) <= {None}
        assert len(draw.panel) + len(draw.reserve) == 12


class TestAnnulling:
    def test_an_annulment_needs_its_reason_in_the_promised_languages(self):
        draw = drawn()
        with pytest.raises(Invalid):
            actions.annul(draw, reason={"nl": "Een dobbelsteen viel."}, by=chief(draw.lottery), now=CHANCE)
        draw.refresh_from_db()
        assert draw.state == DrawState.DRAWN

    def test_after_it_another_draw_is_possible_and_the_first_stays_readable(self):
        first = drawn()
        by = chief(first.lottery)
        actions.annul(first, reason=WHY, by=by, now=CHANCE)
        of = queries.lotteries().get(pk=first.lottery_id)
        assert of.state == LotteryState.CLOSED
        assert set(first.offers.values_list("state", flat=True)) == {OfferState.VOID}
        actions.begin_check(of, by=by, now=CHANCE)
        computing.check(of.pk)
        second = ready(of)
        assert second.number == 2
        second = actions.commit(
            second, source=Source.DICE, throws=20, moment=CHANCE + timedelta(days=2), by=by, now=CHANCE
        )
        assert [each.number for each in queries.public_draws(of)] == [2, 1]

    def test_the_database_refuses_one_without_a_reason(self):
        draw = drawn()
        with pytest.raises(IntegrityError, match="draw_annulled_with_a_reason"), transaction.atomic():
            Draw.objects.filter(pk=draw.pk).update(state=DrawState.ANNULLED)
