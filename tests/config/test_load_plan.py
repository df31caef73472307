"""`zenne load-plan`, as it is typed: what it prints, and how it ends."""

import signal
from datetime import UTC, datetime

import pytest

from tests.people.organisations.factories import organisation
from tests.strategy.portfolio.planfiles.small import told
from zenne.config import cli
from zenne.places.areas.models import Area
from zenne.strategy.portfolio.models import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(capsys, clock_shows):
    """`typed("file", "--check")`: the exit code, what was printed, and what went wrong."""
    clock_shows(datetime(2026, 5, 4, 10, 0, tzinfo=UTC))
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    handlers = [signal.getsignal(number) for number in numbers]

    def run(*words):
        code = cli.main(["load-plan", *(str(word) for word in words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run
    for number, handler in zip(numbers, handlers, strict=True):
        signal.signal(number, handler)


@pytest.fixture
def jette(db):
    commune = Area.objects.create(kind="commune", code="21010", name_fr="Jette", name_nl="Jette")
    Area.objects.create(kind="district", code="72", name_fr="Jette Centre", name_nl="Jette Centrum", parent=commune)
    return organisation("Jette", slug="jette")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "green-town.yaml"
    path.write_bytes(told())
    return path


def test_it_says_what_is_new_and_the_second_time_that_all_is_the_same(typed, jette, file):
    code, out, _err = typed(file)
    assert code == 0
    assert "new project: plane-trees" in out
    assert "projects: 3 new, 0 changed, 0 the same" in out
    code, out, _err = typed(file)
    assert code == 0
    assert "new" not in out.replace("0 new", "")
    assert "projects: 0 new, 0 changed, 3 the same" in out


def test_a_check_keeps_nothing_and_says_so(typed, jette, file):
    code, out, _err = typed(file, "--check")
    assert (code, Plan.objects.count()) == (0, 0)
    assert "projects: 3 new" in out
    assert "Nothing was kept" in out


def test_faulty_lines_are_named_as_an_editor_finds_them(typed, jette, file):
    file.write_bytes(told(("state: ongoing", "state: nearly"), ("hue: 1", "hue: 11")))
    code, _out, err = typed(file)
    assert code == 1
    assert "2 faults, nothing was loaded." in err
    line = file.read_text().split("hue: 11")[0].count("\n") + 1
    assert f"{file}:{line}:10: Here stands a whole number from 1 to 10." in err
    assert not Plan.objects.exists()


def test_another_organisation_is_named_on_the_line(typed, jette, file):
    other = organisation("Forest", slug="forest")
    code, out, _err = typed(file, "--organisation", "forest")
    assert (code, Plan.objects.get().organisation) == (0, other)
    assert "Plan green-town of forest is loaded." in out


@pytest.mark.parametrize(
    ("words", "reason"),
    [(["nowhere.yaml"], "No such file"), (["plan-climat-saint-gilles"], "no organisation with the name saint-gilles")],
    ids=["no file", "no organisation"],
)
def test_what_is_not_there_is_said_in_one_line(typed, jette, words, reason):
    code, _out, err = typed(*words)
    assert code == 1
    assert reason in err
    assert err.count("\n") == 1


def test_a_plan_that_comes_along_is_loaded_by_its_name(typed, jette):
    code, out, _err = typed("plan-climat-jette")
    assert code == 0
    assert "projects: 3 new" in out
