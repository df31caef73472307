"""`zenne count` and `zenne import-election`, as they are typed: what they print, and how they end."""

import gzip
import signal

import pytest

from tests.participation.voting.factories import AFTER, NOW, cast, process, resident, sealed, staff, vote
from tests.participation.voting.test_importing import small
from zenne.config import cli
from zenne.participation.processes.actions import ensure_frozen
from zenne.participation.voting.enums import ResultState
from zenne.participation.voting.models import SealedBallot, Vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(capsys, clock_shows):
    """`typed("count", 7)`: the exit code, what was printed, and what went wrong; at a moment after every vote."""
    clock_shows(AFTER)
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    handlers = [signal.getsignal(number) for number in numbers]

    def run(*words):
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run
    for number, handler in zip(numbers, handlers, strict=True):
        signal.signal(number, handler)


@pytest.fixture
def box():
    """A sealed vote of two ballots."""
    made = vote()
    ensure_frozen(made.activity, now=NOW)
    for number in (1, 2):
        cast(made, None, number)
    return sealed(made)


class TestCount:
    def test_a_sealed_box_is_counted_and_waits_for_staff_to_publish_it(self, typed, box):
        code, said, wrong = typed("count", box.pk)
        assert (code, wrong) == (0, "")
        assert said.startswith(f"2 ballots counted, root {box.root}.")
        assert box.results.get().state == ResultState.DRAFT

    def test_counting_again_is_another_count_with_the_same_file(self, typed, box):
        assert [typed("count", box.pk)[0] for _time in range(2)] == [0, 0]
        one, two = box.results.order_by("number")
        assert one.bundle_sha256 == two.bundle_sha256

    def test_a_vote_that_is_not_there_or_not_closed_is_said_in_one_line(self, typed):
        assert typed("count", 404) == (1, "", "zenne: There is no vote with the number 404.\n")
        code, said, wrong = typed("count", vote().pk)
        assert (code, said) == (1, "") and "not sealed yet" in wrong and wrong.count("\n") == 1

    def test_a_number_that_is_none_ends_as_a_wrong_option_does(self, typed):
        with pytest.raises(SystemExit) as ended:
            typed("count", "seven")
        assert ended.value.code == 2


class TestImport:
    @pytest.fixture
    def where(self):
        made = process()
        return made, staff(made.organisation)

    @pytest.fixture
    def importing(self, typed, where, tmp_path):
        """`importing(data)`: a file of these bytes, imported by a manager of the process, or with other words."""

        def run(data, name="assen.pb", **words):
            path = tmp_path / name
            path.write_bytes(data)
            given = {"process": where[0].slug, "by": where[1].email, **words}
            return typed("import-election", path, "--process", given["process"], "--by", given["by"])

        return run

    @pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
    def test_a_file_becomes_a_closed_vote_with_a_public_result(self, importing, client, pack):
        code, said, wrong = importing(pack(small()))
        made = Vote.objects.get()
        assert (code, wrong) == (0, "")
        assert (
            f"Vote {made.pk}, 4 ballots, root {made.root}: /en/processes/{made.process.slug}/votes/{made.pk}/" in said
        )
        assert "The file names greedy; counted by greedy, completion none." in said
        assert "The organiser's own outcome is the same." in said
        page = client.get(f"/en/processes/{made.process.slug}/votes/{made.pk}/result/").content.decode()
        assert "The organiser’s own outcome is the same." in page

    def test_an_outcome_that_differs_is_said(self, importing):
        code, said, _wrong = importing(small(bankjes=0))
        assert code == 0 and "differs: see the page" in said

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "assen.pb: "),
            (b"\x00\xff\xfe", "assen.pb: "),
            (b"\x1f\x8bnot packed at all", "assen.pb: "),
            (gzip.compress(small())[:-20], "assen.pb: "),
            (small().replace(b"60;", b"sixty;"), "line 16"),
            (small(currency="PLN"), "currency` must be EUR"),
            (small("ordinal"), "no rule here funds projects by rankings"),
            (small(end="15.04.2099"), "not over yet"),
        ],
    )
    def test_a_file_that_is_none_is_refused_in_one_line_and_leaves_nothing(self, importing, data, reason):
        code, said, wrong = importing(data)
        assert (code, said) == (1, "") and reason in wrong and wrong.count("\n") == 1
        assert not Vote.objects.exists() and not SealedBallot.objects.exists()

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            ({"process": "nowhere"}, "There is no process with the name nowhere."),
            ({"by": "nobody@example.org"}, "There is no account with the address nobody@example.org."),
        ],
    )
    def test_a_process_or_a_person_that_is_not_there_is_said(self, importing, words, reason):
        assert importing(small(), **words) == (1, "", f"zenne: {reason}\n")

    def test_a_resident_imports_nothing(self, importing):
        code, _said, wrong = importing(small(), by=resident().email)
        assert code == 1 and wrong.startswith("zenne: ") and not Vote.objects.exists()

    def test_a_file_that_is_not_there_is_said(self, typed, tmp_path):
        code, _said, wrong = typed("import-election", tmp_path / "none.pb", "--process", "a", "--by", "b@example.org")
        assert code == 1 and "none.pb: No such file or directory" in wrong

    def test_the_same_file_is_not_imported_twice(self, importing):
        assert importing(small())[0] == 0
        made = Vote.objects.get()
        code, _said, wrong = importing(small(), name="again.pb")
        assert (code, wrong) == (1, f"zenne: This file was imported before: it is vote {made.pk} of this process.\n")
        assert Vote.objects.count() == 1
