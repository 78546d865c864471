"""An answer that everybody reads must not tell who asked."""

import pytest

from tenders.discretion import gives_away

NAMES = ("Bright Side Ltd", "Ada Field", "ada@bright.example")


@pytest.mark.parametrize(
    "words",
    [
        "As Bright Side Ltd says, the gate is shut.",
        "bright side, LTD.",
        "Bright\nSide may visit.",
        "ＢＲＩＧＨＴ ＳＩＤＥ",
        "Ada Field asks.",
        "Write to ADA@bright.example.",
    ],
)
def test_a_name_is_found_however_it_is_written(words):
    assert gives_away(words, NAMES)


@pytest.mark.parametrize(
    "words",
    [
        "On the bright and sunny side.",
        "Ada, a field beside the school.",
        "brightside",
        "",
    ],
)
def test_words_that_only_resemble_a_name_are_let_through(words):
    assert not gives_away(words, NAMES)


def test_the_one_word_of_a_company_s_name_is_not_forbidden_without_what_follows_it():
    assert not gives_away("Who does the repairs?", ["Repairs Ltd"])
    assert gives_away("Repairs Ltd asks", ["Repairs Ltd"])


@pytest.mark.parametrize("name", ["", "A", "is", "!!"])
def test_a_name_that_stands_in_any_sentence_forbids_nothing(name):
    assert not gives_away("It is a visit!!", [name])
