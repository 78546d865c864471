"""How far a commitment reaches, in the words of its target."""

from fractions import Fraction

from bids.reach import Reach, Units, reach

PEOPLE = Units(
    whole="people",
    quantities={"m1": "apprentices", "hours": "hours", "money": "£"},
    bases={"headcount": "people", "months": "months", "years": "years", "contract_value": "£"},
    labels={"headcount": "People employed on the contract"},
)


def of(target, quantities=None, bases=None, **more):
    measure = {"id": "m1", "target": target, **more}
    return reach(measure, quantities or {}, bases or {}, PEOPLE)


def test_a_ratio_is_said_per_as_many_people_as_the_target_names():
    target = {"kind": "ratio", "value": "1", "per": "50", "base": "headcount"}

    words = of(target, {"m1": "12"}, {"headcount": "143"})

    assert words.sentences == (
        "The target for you is 2.86 apprentices: 1 per 50, for 143 people.",
        "This is 4.2 per 50 people; the target is 1 per 50 people.",
    )
    assert words.summary == "That meets the target in full."


def test_a_ratio_by_years_is_said_for_a_year():
    target = {"kind": "ratio", "value": "6", "per": "50", "base": "headcount", "years": "years"}

    words = of(target, {"m1": "6"}, {"headcount": "50", "years": "2"})

    assert words.sentences[1] == (
        "This is 3 per 50 people a year; the target is 6 per 50 people a year."
    )
    assert words.summary == "That is 50% of what the target asks for."


def test_a_share_is_said_in_percent_of_its_base():
    target = {"kind": "share", "percent": "90", "base": "headcount"}

    words = of(target, {"m1": "45"}, {"headcount": "60"})

    assert words.sentences == (
        "The target for you is 54 apprentices: 90% of 60 people.",
        "This is 75% of 60 people; the target is 90% of 60 people.",
    )


def test_a_period_is_said_for_one_month():
    target = {"kind": "period", "value": "15", "base": "months"}

    words = of(target, {"m1": "360"}, {"months": "36"})

    assert words.sentences == (
        "The target for you is 540 apprentices: 15 a month for 36 months.",
        "This is 10 apprentices a month; the target is 15 apprentices a month.",
    )


def test_an_absolute_target_is_said_as_it_stands():
    words = of({"kind": "absolute", "value": "36"}, {"m1": "40"})

    assert words.sentences == (
        "The target for you is 36 apprentices.",
        "This is 40 apprentices; the target is 36 apprentices.",
    )


def test_less_is_said_to_be_better_where_it_is():
    words = of({"kind": "absolute", "value": "10"}, {"m1": "20"}, direction="lower")

    assert words.sentences[1] == (
        "This is 20 apprentices; the target is no more than 10 apprentices."
    )
    assert words.fraction == Fraction(1, 2)


def test_a_target_nobody_set_is_said_to_be_missing():
    words = of({"kind": "undetermined"}, {"m1": "5"})

    assert words == Reach(
        ("The authority has not set a target for this. Say what you will do, and how much.",),
        None,
    )


def test_a_base_that_is_missing_is_asked_for_by_name():
    words = of({"kind": "share", "percent": "90", "base": "headcount"}, {"m1": "5"})

    assert words.sentences == (
        "Give the number for “People employed on the contract” to see what the target asks of you.",
    )
    assert words.summary == ""


def test_without_a_quantity_only_the_target_is_said():
    words = of({"kind": "absolute", "value": "36"})

    assert words.sentences == ("The target for you is 36 apprentices.",)


def test_a_target_of_two_ways_says_that_the_best_counts():
    measure = {
        "any_of": [
            {"id": "hours", "target": {"kind": "period", "value": "15", "base": "months"}},
            {"id": "money", "target": {"kind": "share", "percent": "1", "base": "contract_value"}},
        ]
    }

    words = reach(
        measure,
        {"hours": "0", "money": "12500.50"},
        {"months": "12", "contract_value": "1000000"},
        PEOPLE,
    )

    assert words.sentences == (
        "The target can be met in more than one way; the best of them counts.",
        "The target for you is 180 hours: 15 a month for 12 months.",
        "This is 0 hours a month; the target is 15 hours a month.",
        "The target for you is £10,000: 1% of £1,000,000.",
        "This is 1.25% of £1,000,000; the target is 1% of £1,000,000.",
    )
    assert words.is_met


def test_a_target_of_several_parts_says_that_the_least_counts():
    measure = {
        "all_of": [
            {"id": "m1", "target": {"kind": "absolute", "value": "2"}},
            {"id": "hours", "target": {"kind": "absolute", "value": "8"}},
        ]
    }

    words = reach(measure, {"m1": "2", "hours": "2"}, {}, PEOPLE)

    assert words.sentences[0] == "The target has several parts; the one reached least counts."
    assert words.fraction == Fraction(1, 4)


def test_a_sum_is_said_in_the_unit_of_the_metric():
    measure = {
        "sum_of": [{"id": "m1", "unit_value": "2"}, {"id": "hours", "unit_value": "0.5"}],
        "target": {"kind": "absolute", "value": "10"},
    }

    words = reach(measure, {"m1": "3", "hours": "4"}, {}, PEOPLE)

    assert words.sentences[1] == "This is 8 people; the target is 10 people."


def test_a_hair_below_the_target_is_never_said_to_be_all_of_it():
    words = of({"kind": "absolute", "value": "36"}, {"m1": "35.9999"})

    assert words.summary == "That is 99.9% of what the target asks for."
