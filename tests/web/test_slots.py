import pytest
from django.contrib.contenttypes.models import ContentType

from zenne.web import slots


def late(request, idea):
    return f"late {idea}"


def early(request, idea):
    return "<b>early</b>"


def test_a_slot_shows_its_fills_in_order_and_escapes_what_is_not_safe():
    slots.register("idea.after", late, order=60)
    slots.register("idea.after", early, order=10)
    slots.register("elsewhere", early)
    assert slots.rendered("idea.after", None, "12") == "&lt;b&gt;early&lt;/b&gt;late 12"


def test_a_slot_nobody_fills_is_empty():
    assert slots.rendered("idea.after", None, "12") == ""


def test_filling_a_slot_twice_with_one_function_is_one_fill():
    slots.register("idea.after", early)
    slots.register("idea.after", early)
    assert len(slots.fills.values()) == 1


@pytest.mark.django_db
def test_fills_without_rows_are_not_called_and_the_rows_of_all_come_at_once(django_assert_num_queries):
    kept = ContentType.objects.order_by("pk").first()

    def one_called(pk):
        return ContentType.objects.filter(pk=pk)

    def none_called(pk):
        return ContentType.objects.filter(pk=-pk).order_by("model")

    def fails(request, pk):
        raise AssertionError("there is nothing to speak of")

    def told(request, pk, found):
        return f"{found[0].model} {pk}"

    slots.register("idea.after", told, when=one_called)
    slots.register("idea.after", fails, when=none_called)
    slots.register("process.after", fails, when=lambda pk: ContentType.objects.none())
    slots.register("process.after", early)
    with django_assert_num_queries(2):
        assert slots.rendered("idea.after", None, kept.pk) == f"{kept.model} {kept.pk}"
    with django_assert_num_queries(0):
        assert "early" in slots.rendered("process.after", None, kept.pk)


@pytest.mark.django_db
def test_one_fill_stands_in_for_another_where_there_are_no_rows(django_assert_num_queries):
    kept = ContentType.objects.order_by("pk").first()

    def called(pk):
        return ContentType.objects.filter(pk=pk)

    slots.register("idea.after", lambda request, pk, found: f"late {len(found)}", when=called)
    slots.register("idea.after", early, unless=called)
    with django_assert_num_queries(3):
        assert slots.rendered("idea.after", None, kept.pk) == "late 1"
        assert slots.rendered("idea.after", None, -kept.pk) == "<b>early</b>".replace("<", "&lt;").replace(">", "&gt;")
