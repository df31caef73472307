from zenne.places.areas.drawing import draw, ground

SQUARE = {"type": "Polygon", "coordinates": [[[4.3, 50.8], [4.4, 50.8], [4.4, 50.9], [4.3, 50.9], [4.3, 50.8]]]}


def test_outlines_and_pins_are_placed_north_up_and_numbered() -> None:
    pins = [
        {"lat": 50.9, "lon": 4.3, "title": "North-west"},
        {"lat": 50.8, "lon": 4.4, "title": "South-east", "category": 2},
    ]
    drawn = draw(ground([SQUARE]), [True], pins)
    first, second = drawn.pins
    assert (first.number, second.number, second.category) == (1, 2, 2)
    assert first.x < second.x and first.y < second.y
    assert drawn.paths[0][0].startswith("M") and drawn.paths[0][1]
    assert drawn.height > drawn.width, "a degree of longitude is shorter than one of latitude in Brussels"


def test_a_pin_outside_stands_at_the_edge() -> None:
    drawn = draw(ground([SQUARE]), [False], [{"lat": 40.0, "lon": 10.0, "title": "Rome"}])
    assert 0 < drawn.pins[0].x < drawn.width and 0 < drawn.pins[0].y < drawn.height


def test_holes_and_several_parts_become_one_path() -> None:
    several = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], SQUARE["coordinates"]]}
    assert draw(ground([several]), [False]).paths[0][0].count("M") == 2


def test_nothing_to_draw_is_said() -> None:
    assert ground([]) is None
