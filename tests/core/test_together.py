from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Value
from django.db.models.fields import BinaryField, DateField, DateTimeField, DecimalField, FloatField
from django.db.models.fields.json import JSONField

from zenne.core.together import ask

pytestmark = pytest.mark.django_db


def kinds():
    return ContentType.objects.order_by("pk")


def test_several_queries_are_answered_by_one_statement(django_assert_num_queries):
    three, none, all_ = kinds()[:3], kinds().filter(pk=-1), kinds()
    with django_assert_num_queries(1):
        ask([three, none, all_])
        assert len(three) == 3 and list(none) == [] and len(all_) > 3
    assert [each.pk for each in three] == [each.pk for each in kinds()[:3]]


def test_what_is_answered_already_and_what_can_find_nothing_is_not_asked(django_assert_num_queries):
    known = kinds()[:2]
    assert len(known) == 2
    with django_assert_num_queries(0):
        ask([known, ContentType.objects.none(), kinds().filter(pk__in=[])])
        ask([])
    assert len(known) == 2


def test_a_query_made_of_an_answered_one_asks_by_itself(django_assert_num_queries):
    found = kinds()
    ask([found])
    with django_assert_num_queries(1):
        assert [each.pk for each in found.filter(pk=found[1].pk)] == [found[1].pk]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (Decimal("12345678901234567890.123456789"), DecimalField()),
        (0.1 + 0.2, FloatField()),
        (datetime(2026, 10, 25, 0, 30, 0, 120, tzinfo=UTC), DateTimeField()),
        (date(2026, 2, 28), DateField()),
        ({"nl": 'een "woord" \\ é', "n": [1, None]}, JSONField()),
    ],
)
def test_values_come_through_as_django_reads_them(value, field):
    mine = kinds().annotate(it=Value(value, output_field=field))[:1]
    django = kinds().annotate(it=Value(value, output_field=field))[:1].get().it
    ask([mine])
    assert mine[0].it == django and type(mine[0].it) is type(django)


def test_annotations_counts_keys_and_values_are_read_as_ever():
    of_app = ContentType.objects.filter(app_label=OuterRef("app_label")).exclude(pk=OuterRef("pk"))
    queries = (
        kinds().annotate(others=Exists(of_app)),
        kinds().values_list("app_label").annotate(number=Count("pk")).order_by("app_label"),
        kinds().values("model")[:2],
        kinds().values_list("pk", flat=True)[:2],
    )
    asked = [query.all() for query in queries]
    ask(asked)
    for mine, django in zip(asked, queries, strict=True):
        assert [getattr(each, "others", each) for each in mine] == [getattr(each, "others", each) for each in django]


def test_what_json_has_no_words_for_is_refused():
    with pytest.raises(TypeError, match="BinaryField"):
        ask([kinds().annotate(it=Value(b"\x00", output_field=BinaryField()))])
