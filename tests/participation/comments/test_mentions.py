import pytest

from zenne.participation.comments.mentions import mentioned
from zenne.people.accounts.models import Person

NELE, NELE_V, OMER = Person(pk=1, name="Nele"), Person(pk=2, name="Nele V."), Person(pk=3, name="Ömer")
THREAD = [NELE, NELE_V, OMER]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@Nele, d'accord", [NELE]),
        ("@nele v. et @ömer : merci", [NELE_V, OMER]),
        ("@Nelesse n'est personne", []),
        ("écrivez à nele@example.org", []),
        ("@Inconnue", []),
        ("@@@", []),
        ("", []),
    ],
)
def test_mentioned_finds_the_people_of_the_thread_by_the_longest_name(text, meant):
    assert mentioned(text, THREAD) == meant


def test_mentioned_with_two_people_of_one_name_means_both():
    twin = Person(pk=4, name="Ömer")
    assert mentioned("@Ömer ?", [OMER, twin]) == [OMER, twin]
