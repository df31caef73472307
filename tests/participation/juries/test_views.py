"""The pages of members, of whoever leads, and of everybody; and that nobody sees what is not theirs to see."""

import io
import zipfile

import pytest
from django.urls import reverse

from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import NOW, resident, staff
from tests.participation.juries.factories import WHY, candidates, each, invited, jury, manager, member, points, scored
from zenne.participation.ideas.actions import follow_decision
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.juries import actions
from zenne.participation.juries.enums import AssessmentState, Comments, MemberState
from zenne.participation.juries.models import Assessment, Jury, Member
from zenne.people.accounts.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def address(name: str, made: Jury, *more: int, language: str = "fr") -> str:
    url = reverse(f"juries:{name}", args=[made.process.slug, made.pk, *more])
    return f"/{language}{url[3:]}"


def sent(made: Jury, *values: int, comment: str = "", **more: str) -> dict[str, object]:
    given = {f"criterion-{key}": value for key, value in points(made, *values).items()}
    return {**given, "comment": comment, **more}


def published(made: Jury) -> None:
    chair = scored(made, ((5, 5), (4, 4), (2, 2), (1, 1)), ((5, 4), (4, 4), (2, 1), (1, 1)))[0]
    actions.open_session(made, present=[chair], by=chair.person, now=NOW)
    for candidate in candidates(made):
        actions.word_reason(candidate, reason=each(f"Raison {candidate.title}"), by=chair.person, now=NOW)
    actions.word_statement(made, statement=each("Bravo."), by=chair.person, now=NOW)
    actions.publish(made, by=manager(made), now=NOW)


class TestInvitation:
    def test_says_who_asks_what_before_anybody_signs_in_and_hides_the_address(self, client_for):
        seat = invited(jury(), "Nele")
        page = client_for().get(f"/nl/juries/invitation/{seat.key}/")
        body = page.content.decode()
        assert page.status_code == 200 and "De jury" in body and "Nele" in body
        assert seat.email not in body and f"{seat.email[0]}•••@" in body

    def test_is_accepted_and_declined_by_its_own_address_only(self, client_for):
        made = jury()
        seat, other = invited(made, "Nele"), invited(made, "Jan")
        url = f"/fr/juries/invitation/{seat.key}/"
        stranger = client_for(resident("Eve"))
        assert stranger.post(url, {"accept": "1"}).status_code == 409
        assert client_for().post(url, {"accept": "1"}).status_code == 302
        nele = client_for(Person.objects.get(email=seat.email))
        assert nele.post(url, {"accept": "1"})["Location"].endswith("/work/")
        assert nele.get(url).status_code == 302
        jan = client_for(Person.objects.get(email=other.email))
        jan.post(f"/fr/juries/invitation/{other.key}/", {"decline": "1"})
        assert jan.get(f"/fr/juries/invitation/{other.key}/").status_code == 410
        seat.refresh_from_db()
        other.refresh_from_db()
        assert (seat.state, other.state) == (MemberState.ACCEPTED, MemberState.DECLINED)


def test_what_a_member_does_in_life_is_read_in_the_language_it_is_written_in(client_for):
    made = jury()
    both, one = invited(made, "Nele"), invited(made, "Jan", capacity={"nl": "Ingenieur"})
    for seat in (both, one):
        actions.accept_invitation(seat, by=Person.objects.get(email=seat.email), now=NOW)
    page = client_for().get(address("page", made, language="en")).text
    assert 'lang="en">Expert</span>' in page and 'lang="nl">Ingenieur</span>' in page


class TestMember:
    def test_scores_without_a_script_draft_first_then_for_good(self, client_for):
        made = jury()
        seat, candidate = member(made), candidates(made)[0]
        client, url = client_for(seat.person), address("assess", made, candidate.pk)
        page = client.get(url)
        assert "3 · 3 points fr" in page.content.decode()
        kept = client.post(url, {f"criterion-{made.criteria.first().pk}": 4, "keep": "1"})
        assert kept.status_code == 302
        assert 'value="4"' in client.get(url).content.decode()
        lacking = client.post(url, {f"criterion-{made.criteria.first().pk}": 4, "comment": "Typed", "submit": "1"})
        assert (lacking.status_code, "Typed" in lacking.content.decode()) == (422, True)
        done = client.post(url, sent(made, 4, 2, comment="Typed", submit="1"))
        assert done["Location"] == address("work", made)
        row = Assessment.objects.get()
        assert (row.state, row.comment) == (AssessmentState.SUBMITTED, "Typed")
        again = client.post(url, sent(made, 1, 1, submit="1"))
        assert again.status_code == 302
        assert list(row.scores.values_list("value", flat=True)) == [4, 2]

    def test_draft_is_kept_while_it_is_filled_in(self, client_for):
        made = jury()
        seat, candidate = member(made), candidates(made)[0]
        client, url = client_for(seat.person), address("autosave", made, candidate.pk)
        assert client.post(url, sent(made, 4, 2, comment="Half a w")).json() == {"saved": True}
        assert client.post(url, {"comment": "x" * 5000}).status_code == 200
        assert client_for(resident()).post(url, {}).status_code == 403
        assert client_for().post(url, {}).status_code == 403
        assert Assessment.objects.get().comment == "Half a w"

    def test_list_says_what_is_still_to_do_in_as_many_queries_for_one_idea_as_for_four(
        self, client_for, django_assert_num_queries
    ):
        one, four = jury(entries=1), jury(entries=4)
        for made in (one, four):
            seat = member(made)
            client = client_for(seat.person)
            client.get(address("work", made))
            with django_assert_num_queries(10):
                client.get(address("work", made))

    def test_conflict_is_asked_once_more_and_shown_to_everybody_as_a_number(self, client_for):
        made = jury()
        seat, candidate = member(made), candidates(made)[0]
        client, url = client_for(seat.person), address("conflict", made, candidate.pk)
        assert client.get(url).status_code == 200
        assert client.post(url, {"tie": ""}).status_code == 422
        assert client.post(url, {"tie": "Ma sœur"}).status_code == 302
        body = client_for().get(address("page", made)).content.decode()
        assert "1 membre" in body and "Ma sœur" not in body
        assert "Ma sœur" in client.get(address("assess", made, candidate.pk)).content.decode()

    def test_leaves_after_being_asked(self, client_for):
        made = jury()
        seat = member(made)
        client = client_for(seat.person)
        assert client.get(address("leave", made)).status_code == 200
        client.post(address("leave", made))
        assert client.get(address("work", made)).status_code == 403


class TestIsolation:
    NAMES = (
        "work",
        "assess",
        "conflict",
        "leave",
        "deliberation",
        "candidate",
        "statement",
        "minutes_pdf",
        "minutes_xlsx",
    )

    def reached(self, client, made) -> dict[str, int]:
        key = candidates(made)[0].pk
        inner = {"assess", "conflict", "candidate"}
        return {
            name: client.get(address(name, made, *([key] if name in inner else []))).status_code for name in self.NAMES
        }

    def test_strangers_and_staff_of_elsewhere_reach_none_of_the_inner_pages(self, client_for):
        made = jury()
        scored(made, ((5, 5),) * 4)
        elsewhere = staff(ideas.process().organisation)
        for person in (resident(), elsewhere):
            assert set(self.reached(client_for(person), made).values()) == {403}
        assert set(self.reached(client_for(), made).values()) == {302}

    def test_member_sees_nobody_elses_points_before_their_own_are_in(self, client_for):
        made = jury()
        first, second = member(made, "First"), member(made, "Second")
        candidate = candidates(made)[0]
        actions.submit(first, candidate, points=points(made, 5, 1), comment="Secret!", by=first.person, now=NOW)
        client, url = client_for(second.person), address("assess", made, candidate.pk)
        assert "Secret!" not in client.get(url).content.decode()
        client.post(url, sent(made, 2, 2, submit="1"))
        assert "Secret!" in client.get(url).content.decode()

    def test_staff_and_chair_see_progress_and_no_points_before_the_deliberation(self, client_for):
        made = jury()
        chair, other = member(made, "Chair", chair=True), member(made, "Other")
        candidate = candidates(made)[0]
        actions.submit(other, candidate, points=points(made, 5, 1), comment="Secret!", by=other.person, now=NOW)
        for person in (manager(made), chair.person):
            client = client_for(person)
            for url in (address("deliberation", made), address("candidate", made, candidate.pk)):
                page = client.get(url)
                assert page.status_code == 200
                assert "Secret!" not in page.content.decode() and "4,00" not in page.content.decode()
            assert client.get(address("minutes_xlsx", made)).status_code == 404

    def test_a_member_who_comes_too_early_reads_who_opens_and_what_to_do_until_then(self, client_for):
        made = jury()
        member(made, "Chair", chair=True)
        other = member(made, "Other")
        page = client_for(other.person).get(address("deliberation", made))
        assert page.status_code == 403
        assert "La présidence ouvre la délibération" in page.text and address("work", made) in page.text
        refused = client_for(other.person).get(address("statement", made))
        assert refused.status_code == 403 and "réservé à la présidence" in refused.text

    def test_candidate_of_another_jury_is_not_found(self, client_for):
        made, other = jury(), jury()
        seat = member(made)
        url = address("assess", made, candidates(other)[0].pk)
        assert client_for(seat.person).get(url).status_code == 404

    def test_bad_input_never_breaks(self, client_for):
        made = jury()
        seat = member(made, chair=True)
        client, key = client_for(seat.person), candidates(made)[0].pk
        criterion = made.criteria.first().pk
        for value in ("6", "0", "-1", "x", "9" * 40, "\x00"):
            answer = client.post(address("assess", made, key), {f"criterion-{criterion}": value, "submit": "1"})
            assert answer.status_code == 422
        for item in ("", "x", "9" * 40, "-1"):
            sent_ = {"verb": "open", "assessment": item, "open-reason": "x"}
            assert client.post(address("candidate", made, key), sent_).status_code == 422
        assert client.post(address("candidate", made, key), {"verb": "nothing"}).status_code == 200
        assert client.post(address("deliberation", made), {"open": "1", "present": "abc"}).status_code == 422


class TestLeading:
    def test_opens_sits_moves_words_and_publishes(self, client_for):
        made = jury(keep=2)
        chair, _other = scored(made, ((5, 5), (4, 4), (2, 2), (1, 1)), ((5, 4), (4, 4), (2, 1), (1, 1)))
        leader, boss = client_for(chair.person), client_for(manager(made))
        url = address("deliberation", made)
        assert leader.post(url, {"open": "1"}).status_code == 422
        assert leader.post(url, {"open": "1", "present": chair.pk}).status_code == 302
        page = leader.get(url).content.decode()
        assert "4,88" in page and "Raison" not in page
        out, into = candidates(made)[1], candidates(made)[2]
        move = {"verb": "move", "kept": "0", "move-reason": "Déjà construit"}
        assert leader.post(address("candidate", made, out.pk), {**move, "move-reason": ""}).status_code == 422
        assert leader.post(address("candidate", made, out.pk), move).status_code == 302
        leader.post(address("candidate", made, into.pk), {**move, "kept": "1", "move-reason": "Plus urgent"})
        assert "Déjà construit" in leader.get(url).content.decode()
        for candidate in candidates(made):
            words = {f"public-reason_{code}": text for code, text in each("Parce que").items()}
            leader.post(address("candidate", made, candidate.pk), {"verb": "reason", **words})
        leader.post(address("statement", made), {f"statement_{code}": text for code, text in each("Bravo").items()})
        assert b'name="publish"' not in leader.get(url).content
        assert b'name="publish"' in boss.get(url).content
        done = boss.post(url, {"publish": "1"})
        assert "/selections/1/" in done["Location"]
        result = client_for().get(done["Location"].replace("/fr/", "/nl/")).content.decode()
        assert "Parce que nl" in result and "4,88" in result

    def test_opens_an_assessment_again_with_a_reason(self, client_for):
        made = jury()
        member(made, "Chair", chair=True)
        seat = member(made, "Jan")
        candidate = candidates(made)[0]
        row = actions.submit(seat, candidate, points=points(made, 1, 1), by=seat.person, now=NOW)
        client = client_for(manager(made))
        sent_ = {"verb": "open", "assessment": row.pk, "open-reason": ""}
        assert client.post(address("candidate", made, candidate.pk), sent_).status_code == 422
        client.post(address("candidate", made, candidate.pk), {**sent_, "open-reason": "Wrong idea"})
        row.refresh_from_db()
        assert row.state == AssessmentState.IN_PROGRESS

    def test_who_takes_an_assessment_back_by_a_conflict_is_said_to_have_done_so(self, client_for):
        made = jury()
        member(made, "Chair", chair=True)
        seat, candidate = member(made, "Jan"), candidates(made)[0]
        actions.submit(seat, candidate, points=points(made, 1, 1), by=seat.person, now=NOW)
        actions.recuse(seat, candidate, tie="Ma sœur", by=seat.person, now=NOW)
        page = client_for(manager(made)).get(address("candidate", made, candidate.pk)).text
        assert "Jan a retiré son évaluation" in page and "Ma sœur" in page and "rouverte" not in page

    def test_a_published_deliberation_stays_whole_wherever_its_ideas_go(self, client_for):
        made = jury()
        published(made)
        chair = client_for(made.members.get(is_chair=True).person)
        before = chair.get(address("deliberation", made)).context
        for candidate in candidates(made):
            if candidate.kept:
                follow_decision(candidate.idea, to=IdeaState.NOT_SELECTED, reason=WHY, by=None, now=NOW)
        after = chair.get(address("deliberation", made)).context
        for side, number in (("kept", 2), ("not_kept", 2)):
            assert len(after[side]) == number
            assert [line.candidate for line in after[side]] == [line.candidate for line in before[side]]
        assert after["agreement"] == before["agreement"]
        assert len(client_for().get(address("page", made)).context["lines"]) == 4

    def test_minutes_are_a_pdf_and_a_sheet(self, client_for):
        made = jury()
        published(made)
        client = client_for(manager(made))
        pdf = client.get(address("minutes_pdf", made, language="nl"))
        assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"
        sheet = zipfile.ZipFile(io.BytesIO(client.get(address("minutes_xlsx", made)).content))
        rows = sheet.read("xl/worksheets/sheet1.xml").decode()
        assert rows.count("<row ") == 1 + 8 and "Membre 1" in rows


class TestPublicPage:
    def test_the_process_invites_nobody_to_take_part_in_a_jury(self, client_for):
        made = jury()
        page = client_for().get(made.process.get_absolute_url().replace("/fr/", "/en/")).text
        card = page.split(f'id="{made.activity.anchor}"')[1].split("</article>")[0]
        assert "Have a look" in card and "Take part" not in card

    def test_says_who_sits_what_counts_and_what_is_before_it(self, client_for):
        made = jury()
        member(made, "Nele", chair=True)
        invited(made, "Not yet")
        body = client_for().get(address("page", made)).content.decode()
        for words in ("Nele", "Besoin", "75 %", "5 points fr", "Idée A"):
            assert words in body
        assert "Not yet" not in body

    def test_member_finds_all_they_scored_wherever_the_ideas_went_since(self, client_for):
        made = jury()
        published(made)
        seat = Member.objects.filter(jury=made).order_by("pk").first()
        body = client_for(seat.person).get(address("work", made)).content.decode()
        assert all(candidate.title in body for candidate in candidates(made))
        assert {candidate.kept for candidate in candidates(made)} == {True, False}

    def test_result_leads_to_the_reasons_and_shows_comments_only_where_the_rule_publishes_them(self, client_for):
        for comments, expected in ((Comments.PRIVATE, False), (Comments.PUBLISHED, True)):
            made = jury(comments=comments)
            seat = member(made, "Solo", chair=True)
            for at, candidate in enumerate(candidates(made)):
                given = points(made, 5 - at, 5 - at)
                actions.submit(seat, candidate, points=given, comment="Mon avis", by=seat.person, now=NOW)
            actions.open_session(made, present=[seat], by=seat.person, now=NOW)
            for candidate in candidates(made):
                actions.word_reason(candidate, reason=WHY, by=seat.person, now=NOW)
            actions.word_statement(made, statement=WHY, by=seat.person, now=NOW)
            actions.publish(made, by=manager(made), now=NOW)
            body = client_for().get(address("page", made)).content.decode()
            assert ("Mon avis" in body) is expected
            assert "/selections/1/" in body

    def test_of_a_draft_is_not_there(self, client_for):
        made = jury()
        type(made.process).objects.filter(pk=made.process.pk).update(state="draft", published_at=None)
        assert client_for().get(address("page", made)).status_code == 404

    def test_queries_do_not_grow_with_ideas_and_members(self, client_for, django_assert_num_queries):
        small, large = jury(entries=1), jury(entries=4)
        member(small)
        for name in ("A", "B", "C"):
            member(large, name)
        for made in (small, large):
            client = client_for()
            client.get(address("page", made))
            with django_assert_num_queries(13):
                client.get(address("page", made))


class TestBackOffice:
    def test_arranges_criteria_members_and_ideas(self, client_for):
        made = jury(entries=2)
        client = client_for(manager(made))
        desk = reverse("jury:edit", args=[made.pk])
        assert client.get(reverse("jury:index")).status_code == 200
        assert client.get(desk).status_code == 200
        sent_ = {"verb": "invite", "name": "Nele", "email": "nele@example.org", "language": "nl", "is_chair": "on"}
        assert client.post(desk, {**sent_, "email": "no"}).status_code == 422
        assert client.post(desk, sent_).status_code == 302
        assert client.post(desk, sent_).status_code == 422
        seat = made.members.get(email="nele@example.org")
        assert seat.is_chair
        client.post(desk, {"verb": "withdraw", "item": seat.pk})
        client.post(desk, {"verb": "release", "item": candidates(made)[0].pk})
        assert (made.candidates.count(), made.members.get().state) == (1, MemberState.WITHDRAWN)
        client.post(desk, {"verb": "take", "source": f"call-{candidates(made)[0].idea.activity_id}"})
        assert made.candidates.count() == 2
        for item in ("x", "", "9" * 30):
            assert client.post(desk, {"verb": "release", "item": item}).status_code == 302

    def test_changes_the_rule_and_a_criterion_with_a_public_reason(self, client_for):
        made = jury()
        client = client_for(manager(made))
        url = reverse("jury:rule", args=[made.pk])
        rule = {"keep": 3, "points": 5, "blind": "all", "comments": "published", "remind_days": 2}
        assert client.post(url, rule).status_code == 422
        reasons = {f"reason_{code}": text for code, text in WHY.items()}
        assert client.post(url, {**rule, **reasons}).status_code == 302
        criterion = made.criteria.first()
        url = reverse("jury:criterion", args=[made.pk, criterion.pk])
        assert "3 points nl" in client.get(url).content.decode()
        words = {f"{field}_{code}": "Neuf" for field in ("title", "text") for code in ("fr", "nl", "en")}
        words |= {f"level-{n}-{code}": f"{n}!" for n in range(1, 6) for code in ("fr", "nl", "en")}
        assert client.post(url, {"weight": 7, **words, **reasons}).status_code == 302
        assert client.get(reverse("jury:criterion_add", args=[made.pk])).status_code == 200
        made.refresh_from_db()
        criterion.refresh_from_db()
        assert (made.keep, criterion.weight, criterion.title_nl) == (3, 7, "Neuf")
