"""One letter, one answer, until the moment that stands on it."""

from datetime import timedelta

import pytest

from tests.participation.ideas.factories import resident, staff
from zenne.core.errors import Conflict
from zenne.participation.sortition import actions, codes, queries
from zenne.participation.sortition.actions import Contact, Reply
from zenne.participation.sortition.enums import Channel, Known, LotteryState, Says
from zenne.participation.sortition.errors import AlreadyAnswered, AnswersClosed, Unfit, UnknownCode
from zenne.participation.sortition.models import Answer, Invitation
from zenne.people.access.answers import NotAllowed
from zenne.people.history.models import Entry

from .factories import AFTER, CLOSES, NOW, invitation, lottery, yes

pytestmark = pytest.mark.django_db
NO = Reply(Says.NO)
ME = Contact("Aline Dubois", "aline@example.org")
FIT = Reply(Says.YES, {"gender": "w", "age": "old"}, ME, consent=True)


class TestCode:
    def test_the_code_of_a_letter_finds_it_however_it_is_typed(self):
        letter = invitation(lottery())
        code = codes.code_of(letter)
        assert len(code) == 11
        for typed in (
            code,
            code.lower(),
            code.replace("-", ""),
            f"  {code} ",
            code.replace("0", "O").replace("1", "l"),
        ):
            assert queries.with_code(typed) == letter

    def test_a_wrong_code_finds_nothing(self):
        invitation(lottery())
        for typed in ("", "-", "ABCDE-12345", "é"):
            with pytest.raises(UnknownCode):
                queries.with_code(typed)

    def test_the_database_keeps_no_code(self):
        letter = invitation(lottery())
        plain = codes.normal(codes.code_of(letter))
        assert plain not in str(Invitation.objects.filter(pk=letter.pk).values()[0])


class TestAnswering:
    def test_a_yes_with_its_groups_enters_the_pool_without_a_number(self):
        of = lottery()
        given = actions.answer(invitation(of), FIT, by=None, now=NOW)
        assert list(queries.pool(of)) == [given]
        assert given.number is None
        assert queries.in_pool_per_group(of) == {("gender", "w"): 1, ("age", "old"): 1}

    def test_a_no_keeps_nothing_of_the_person(self):
        of = lottery()
        given = actions.answer(invitation(of), Reply(Says.NO, contact=ME), by=resident(), now=NOW)
        assert (given.name, given.email, given.household, given.features, given.person) == ("", "", "", {}, None)
        assert not queries.pool(of).exists()

    def test_what_the_register_knows_is_not_asked_and_not_changed_by_who_answers(self):
        of = lottery()
        of.categories.filter(key="gender").update(known=Known.REGISTER)
        letter = invitation(of, features={"gender": "m"})
        assert [category.key for category in queries.asked(letter)] == ["age"]
        assert actions.answer(letter, FIT, by=None, now=NOW).features == {"gender": "m", "age": "old"}

    def test_what_the_register_lacks_for_one_person_is_asked(self):
        of = lottery()
        of.categories.filter(key="gender").update(known=Known.REGISTER)
        assert [category.key for category in queries.asked(invitation(of))] == ["gender", "age"]

    def test_a_yes_without_groups_contact_or_agreement_says_each_thing_that_lacks(self):
        letter = invitation(lottery())
        with pytest.raises(Unfit) as unfit:
            actions.answer(letter, Reply(Says.YES, {"gender": "x"}), by=None, now=NOW)
        assert set(unfit.value.faults) == {"gender", "age", "name", "email", "consent"}
        assert not Answer.objects.exists()

    def test_one_letter_takes_one_answer_by_all_channels_together(self):
        letter = invitation(lottery())
        clerk = staff(letter.lottery.process.organisation)
        actions.answer(letter, FIT, by=None, now=NOW)
        for channel in (Channel.POST, Channel.PHONE, Channel.DESK):
            with pytest.raises(AlreadyAnswered):
                actions.answer(letter, NO, channel=channel, by=clerk, now=NOW)

    def test_a_change_of_mind_before_the_end_replaces_the_answer(self):
        letter = invitation(lottery())
        actions.answer(letter, FIT, by=None, now=NOW)
        actions.answer(letter, NO, replace=True, by=None, now=NOW)
        again = actions.answer(letter, FIT, replace=True, by=None, now=NOW)
        assert Answer.objects.get() == again
        assert again.in_pool

    def test_after_the_moment_on_the_letter_no_channel_takes_an_answer(self):
        letter = invitation(lottery())
        clerk = staff(letter.lottery.process.organisation)
        actions.answer(letter, FIT, by=None, now=CLOSES - timedelta(seconds=1))
        for channel, by in ((Channel.ONLINE, None), (Channel.POST, clerk)):
            with pytest.raises(AnswersClosed):
                actions.answer(letter, FIT, channel=channel, replace=True, by=by, now=CLOSES)

    def test_before_the_letters_are_sent_nobody_answers(self):
        letter = invitation(lottery(state=LotteryState.FRAMED))
        with pytest.raises(AnswersClosed):
            actions.answer(letter, FIT, by=None, now=NOW)

    def test_staff_enter_what_came_by_post_and_residents_do_not(self):
        letter = invitation(lottery())
        with pytest.raises(NotAllowed):
            actions.answer(letter, FIT, channel=Channel.POST, by=resident(), now=NOW)
        clerk = staff(letter.lottery.process.organisation)
        given = actions.answer(letter, FIT, channel=Channel.POST, by=clerk, now=NOW)
        assert (given.entered_by, given.person) == (clerk, None)
        assert Entry.objects.get(event="lottery.answer_entered").details == {"letter": letter.number, "channel": "post"}


class TestWithdrawing:
    def test_a_yes_taken_back_leaves_the_pool(self):
        given = yes(lottery())
        actions.withdraw(given, by=None, now=NOW)
        assert not queries.pool(given.lottery).exists()

    def test_erasing_empties_answer_and_letter(self):
        given = yes(lottery(), by=resident())
        given = actions.erase_answer(given, by=None, now=NOW)
        letter = Invitation.objects.get(pk=given.invitation_id)
        assert (given.name, given.email, given.person, given.features) == ("", "", None, {})
        assert (letter.name, letter.address, letter.code_digest, letter.salt) == ("", "", None, None)
        assert not queries.pool(given.lottery).exists()
        with pytest.raises(ValueError, match="destroyed"):
            codes.code_of(letter)

    def test_a_letter_that_nobody_answered_is_erased_too_and_answered_by_nobody(self):
        letter = invitation(lottery())
        clerk = staff(letter.lottery.process.organisation)
        with pytest.raises(NotAllowed):
            actions.erase_letter(letter, by=resident(), now=NOW)
        letter = actions.erase_letter(letter, by=clerk, now=NOW)
        assert (letter.name, letter.address, letter.code_digest) == ("", "", None)
        with pytest.raises(Conflict):
            actions.answer(letter, FIT, channel=Channel.POST, by=clerk, now=NOW)
        actions.erase_letter(letter, by=clerk, now=NOW)
        assert Entry.objects.get(event="lottery.letter_erased").details == {"letter": letter.number}

    def test_after_a_check_the_quotas_are_checked_again(self):
        of = lottery()
        given = yes(of)
        of.state, of.closed_at = LotteryState.CHECKED, AFTER
        of.save()
        actions.withdraw(given, by=None, now=AFTER)
        of.refresh_from_db()
        assert of.state == LotteryState.CLOSED
