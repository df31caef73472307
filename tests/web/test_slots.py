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
