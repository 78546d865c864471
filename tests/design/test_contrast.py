"""The contrast of two colours, as WCAG 2 reckons it."""

from decimal import Decimal

import pytest

from design.contrast import BLACK, WHITE, contrast, readable_on
from design.templatetags.colours import words_on


def test_black_on_white_is_the_most_there_is():
    assert contrast(BLACK, WHITE) == 21


def test_a_colour_does_not_stand_out_from_itself():
    assert contrast("#A21942", "#A21942") == 1


def test_the_order_of_two_colours_does_not_matter():
    assert contrast("#A21942", WHITE) == contrast(WHITE, "#A21942")


@pytest.mark.parametrize(
    ("fill", "with_white", "with_black"),
    [
        ("#E5243B", "4.52", "4.65"),
        ("#DDA63A", "2.19", "9.59"),
        ("#4C9F38", "3.32", "6.32"),
        ("#DD1367", "4.81", "4.36"),
        ("#19486A", "9.65", "2.18"),
    ],
)
def test_contrast_is_what_other_tools_say(fill, with_white, with_black):
    rounded = [contrast(words, fill).quantize(Decimal("0.01")) for words in (WHITE, BLACK)]

    assert rounded == [Decimal(with_white), Decimal(with_black)]


@pytest.mark.parametrize(
    ("fill", "words", "name"),
    [("#FCC30B", BLACK, "dark"), ("#19486A", WHITE, "light"), ("#010101", WHITE, "light")],
)
def test_words_are_whichever_stands_out_more(fill, words, name):
    assert (readable_on(fill), words_on(fill)) == (words, name)
