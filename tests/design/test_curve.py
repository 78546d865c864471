"""A rising line: in proportion, with its marked value said."""

from fractions import Fraction

from design.curve import FOOT, TOP, curve
from design.drawing import Dot


def drawn(points, marked=None):
    return curve(
        title="Worth",
        description="What points are worth.",
        points=points,
        marked=marked,
        axis="Points",
        amount=lambda value: f"£{value}",
        head=["Points", "Worth"],
        rows=[],
    )


def test_the_line_rises_in_proportion():
    line = [one for one in drawn([(0, 0), (1, 50), (2, 100)]).lines if one.stroke == "#0d4f4c"]

    middle = (TOP + FOOT) // 2
    assert [(one.x1, one.y1, one.x2, one.y2) for one in line] == [
        ("0%", FOOT, "50%", middle),
        ("50%", middle, "100%", TOP),
    ]


def test_the_marked_value_is_said_beside_its_dot():
    chart = drawn([(0, 0), (Fraction(1, 2), 50), (1, 100)], marked=(Fraction(1, 2), 50))

    assert [(shape.x, shape.y) for shape in chart.shapes if isinstance(shape, Dot)] == [
        ("50%", (TOP + FOOT) // 2)
    ]
    assert "£50" in [word.text for word in chart.words]


def test_nothing_to_draw_is_no_fault():
    assert [word.text for word in drawn([]).words] == ["£0", "0", "0", "Points"]
