import pytest

from tests.participation.ideas.factories import NOW, resident
from zenne.places.areas.models import Area, Residence


@pytest.fixture
def area_of_residence(db):
    """Somebody and the district they live in."""
    region = Area.objects.create(kind="region", code="04000x", name_fr="Région", name_nl="Gewest")
    commune = Area.objects.create(kind="commune", code="21010x", name_fr="Jette", name_nl="Jette", parent=region)
    quarter = Area.objects.create(kind="district", code="q1x", name_fr="Miroir", name_nl="Spiegel", parent=commune)
    person = resident()
    Residence.objects.create(person=person, commune=commune, district=quarter, changed_at=NOW)
    return person, quarter


@pytest.fixture(autouse=True)
def refusals_in_english(in_english):
    """Refusals are read here as they were written."""


@pytest.fixture
def ideas_to_vote_on(db):
    """An open vote on three ideas that were shortlisted."""
    from tests.participation.ideas.factories import call, in_state
    from zenne.participation.ideas.enums import IdeaState

    from .factories import option, vote

    collected = call()
    ideas = [in_state(IdeaState.SHORTLISTED, collected) for _time in range(3)]
    made = vote(collected.process, options=0)
    for number, idea in enumerate(ideas, 1):
        option(made, number, idea=idea)
    return made, ideas
