"""What each field accepts, keeps exactly, and refuses with words that help."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from design import fields


def refusal(field, value) -> str:
    """The words in which a field refuses this."""
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("£1,250,000.50", Decimal("1250000.5")),
        (" 1250 ", Decimal("1250")),
        ("0.1", Decimal("0.1")),
        (".5", Decimal("0.5")),
        ("0", Decimal("0")),
        ("9999999999999.99", Decimal("9999999999999.99")),
    ],
)
def test_money_is_kept_exactly(typed, kept):
    assert fields.MoneyField(label="Value").clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "1e9",
        "NaN",
        "Infinity",
        "-inf",
        "1,25",
        "12,34,567",
        "１２",
        "٣",
        "1 000",
        "ten",
        ".",
        "£",
        "-£5",
    ],
)
def test_money_refuses_what_is_not_a_plain_number(typed):
    words = refusal(fields.MoneyField(label="Value"), typed)

    assert words == "Value must be a number, for example 1,250,000 or 1250.50"


def test_money_refuses_a_fraction_of_a_penny():
    words = refusal(fields.MoneyField(label="Value"), "1.005")

    assert words == "Value must be in pounds and whole pence, for example 1250.50"


def test_money_refuses_less_than_nothing():
    assert refusal(fields.MoneyField(label="Value"), "-1") == "Value must be £0 or more"


def test_money_keeps_to_its_limits():
    field = fields.MoneyField(label="Value", min_value=1000, max_value=Decimal("2000.50"))

    assert refusal(field, "999.99") == "Value must be £1,000 or more"
    assert refusal(field, "2000.51") == "Value must be £2,000.50 or less"


def test_money_shows_pence_only_when_there_are_some():
    field = fields.MoneyField(label="Value")

    assert field.prepare_value(Decimal("1250000.00")) == "1250000"
    assert field.prepare_value(Decimal("1250.5")) == "1250.50"
    assert field.prepare_value("£1.005") == "£1.005"


def test_a_quantity_has_nine_places_and_fifteen_digits():
    field = fields.QuantityField(label="Hours")

    assert field.clean("123456789012345.123456789") == Decimal("123456789012345.123456789")
    assert refusal(field, "1234567890123456") == (
        "Hours must have 15 digits or fewer before the decimal point"
    )
    assert refusal(field, "0.1234567891") == "Hours must have 9 decimal places or fewer"


def test_a_quantity_may_be_negative_only_when_asked():
    assert refusal(fields.QuantityField(label="Hours"), "-1") == "Hours must be 0 or more"
    assert fields.QuantityField(label="Hours", min_value=None).clean("-1.5") == Decimal("-1.5")


def test_a_quantity_is_shown_without_an_exponent():
    field = fields.QuantityField(label="Hours")

    assert field.prepare_value(Decimal("1E+3")) == "1000"
    assert field.prepare_value(Decimal("120.2500")) == "120.25"


def test_a_percentage_may_carry_its_sign():
    field = fields.PercentageField(label="Weight")

    assert field.clean("10%") == Decimal("10")
    assert field.clean("12.5 %") == Decimal("12.5")
    assert refusal(field, "100.1") == "Weight must be 100% or less"


def test_a_whole_number_is_an_int():
    number = fields.WholeNumberField(label="People").clean("1,400")

    assert (number, type(number)) == (1400, int)


def test_a_whole_number_refuses_a_fraction():
    words = refusal(fields.WholeNumberField(label="People"), "2.5")

    assert words == "People must be a whole number, for example 14"


def test_an_empty_number_is_none_when_optional():
    assert fields.WholeNumberField(label="People", required=False).clean("") is None


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (fields.MoneyField(label="Contract value"), "Enter the contract value"),
        (fields.CleanTextField(label="VAT number"), "Enter the VAT number"),
        (fields.CleanTextField(label="What was done"), "Enter what was done"),
        (fields.CleanTextField(label="Hours of advice"), "Enter hours of advice"),
        (fields.DateField(label="How long is it?"), "Answer “How long is it?”"),
        (fields.CleanTextField(), "Enter an answer"),
    ],
)
def test_a_required_field_asks_for_itself_by_name(field, words):
    assert refusal(field, None) == words


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\x7f", "\ud800", "\ufffe"])
def test_text_refuses_what_cannot_be_stored(character):
    words = refusal(fields.CleanTextField(label="Title"), f"a{character}b")

    assert words == (
        "Title contains characters that cannot be saved. Paste it as plain text and try again"
    )


def test_text_keeps_every_letter_people_use():
    typed = "Ŵyn’s café – 東京 🌱\tx"

    assert fields.CleanTextField(label="Title").clean(typed) == typed


def test_a_name_is_one_line():
    assert fields.CleanTextField(label="Name").clean("Ada\r\nBcc: x") == "Ada Bcc: x"


def test_long_text_has_one_kind_of_newline():
    assert fields.LongTextField(label="Method").clean("a\r\nb\rc") == "a\nb\nc"


def test_long_text_counts_words_and_characters():
    assert refusal(fields.LongTextField(label="Method", max_words=2), "one two three") == (
        "Method must be 2 words or fewer. You have used 3"
    )
    assert refusal(fields.LongTextField(label="Method", max_length=3), "four") == (
        "Method must be 3 characters or fewer"
    )


def test_a_long_limit_is_read_in_thousands():
    words = refusal(
        fields.CleanTextField(label="Its statement (optional)", max_length=2000), "x" * 2001
    )

    assert words == "Its statement must be 2,000 characters or fewer"


def test_a_question_is_named_by_its_answer():
    words = refusal(fields.CleanTextField(label="How do you know?", max_length=3), "four")

    assert words == "Your answer to “How do you know?” must be 3 characters or fewer"


def test_an_address_is_refused_once():
    field = fields.EmailField(label="E-mail address", max_length=254)

    with pytest.raises(ValidationError) as caught:
        field.clean("x" * 4_000)

    assert caught.value.messages == ["Enter an e-mail address like name@example.com"]
    assert field.clean("jo@canal.example") == "jo@canal.example"


def test_a_date_is_three_boxes():
    class Form(forms.Form):
        starts = fields.DateField(label="Start")

    form = Form({"starts_day": "27", "starts_month": "3", "starts_year": "2027"})

    assert form.is_valid()
    assert form.cleaned_data == {"starts": date(2027, 3, 27)}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["", "3", "2027"], "Start must include a day"),
        (["27", "", ""], "Start must include a month and a year"),
        (["31", "2", "2027"], "Start must be a real date, for example 27 3 2027"),
        (["x", "2", "2027"], "Start must be a real date, for example 27 3 2027"),
        (["1", "2", "27"], "Start must include a year with 4 numbers, for example 2027"),
    ],
)
def test_a_date_says_what_is_wrong_with_it(typed, words):
    assert refusal(fields.DateField(label="Start"), typed) == words


def test_a_date_takes_a_month_by_name():
    assert fields.DateField(label="Start").clean(["1", "March", "2027"]) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("clock", "hour", "minute"),
    [
        ("12:00", 12, 0),
        ("9.30", 9, 30),
        ("5pm", 17, 0),
        ("5:30 PM", 17, 30),
        ("12am", 0, 0),
        ("12pm", 12, 0),
        ("midday", 12, 0),
        ("noon", 12, 0),
        ("00:00", 0, 0),
    ],
)
def test_a_time_is_read_as_people_write_it(clock, hour, minute):
    field = fields.LondonDateTimeField(label="Closing")

    moment = field.clean(["21", "11", "2026", clock])

    assert moment == datetime(2026, 11, 21, hour, minute, tzinfo=UTC)


def test_summer_time_is_an_hour_ahead():
    moment = fields.LondonDateTimeField(label="Closing").clean(["1", "7", "2026", "12:00"])

    assert moment == datetime(2026, 7, 1, 11, tzinfo=UTC)
    assert moment.utcoffset() == datetime(2026, 1, 1, tzinfo=UTC).utcoffset()


def test_a_time_that_happens_twice_is_refused():
    words = refusal(fields.LondonDateTimeField(label="Closing"), ["25", "10", "2026", "01:30"])

    assert words == (
        "Closing cannot be 01:30: that time happens twice on 25 October 2026, when the clocks "
        "go back. Choose another time. The nearest are 00:59 and 02:00"
    )


def test_a_time_that_never_happens_is_refused():
    words = refusal(fields.LondonDateTimeField(label="Closing"), ["29", "3", "2026", "01:30"])

    assert words == (
        "Closing cannot be 01:30: that time does not exist on 29 March 2026, when the clocks "
        "go forward. Choose another time. The nearest are 00:59 and 02:00"
    )


def test_a_suggested_time_stands_in_the_box_and_is_no_answer_by_itself():
    field = fields.LondonDateTimeField(label="Closing", suggested="12:00", required=False)

    assert field.widget.decompress(None) == ["", "", "", "12:00"]
    assert field.clean(["", "", "", "12:00"]) is None
    assert refusal(field, ["", "", "", "13:00"]).startswith("Closing must include a day")
    assert field.clean(["1", "12", "2026", "12:00"]) == datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "words"),
    [(["28", "3", "2027"], "does not exist"), (["31", "10", "2027"], "happens twice")],
)
@pytest.mark.parametrize("clock", ["01:00", "01:30", "01:59"])
def test_the_whole_hour_of_a_change_is_refused_with_the_times_beside_it(day, words, clock):
    refused = refusal(fields.LondonDateTimeField(label="Closing"), [*day, clock])

    assert words in refused
    assert refused.endswith("The nearest are 00:59 and 02:00")


@pytest.mark.parametrize("clock", ["00:59", "02:00"])
def test_times_beside_the_change_are_taken(clock):
    assert fields.LondonDateTimeField(label="Closing").clean(["25", "10", "2026", clock])


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("", "Closing must include a time, for example 12:00"),
        ("12", "Closing must have a time like 12:00 or 5:30pm"),
        ("13pm", "Closing must have a time like 12:00 or 5:30pm"),
        ("24:00", "Closing must have a time from 00:00 to 23:59"),
        ("soon", "Closing must have a time like 12:00 or 5:30pm"),
    ],
)
def test_a_time_says_what_is_wrong_with_it(clock, words):
    field = fields.LondonDateTimeField(label="Closing")

    assert refusal(field, ["21", "11", "2026", clock]) == words


def test_a_stored_moment_is_shown_on_londons_clocks():
    field = fields.LondonDateTimeField(label="Closing")

    shown = field.widget.decompress(datetime(2026, 7, 1, 11, tzinfo=UTC))

    assert shown == ["1", "7", "2026", "12:00"]


def test_an_unchanged_moment_has_not_changed():
    field = fields.LondonDateTimeField(label="Closing")
    moment = datetime(2026, 7, 1, 11, tzinfo=UTC)

    assert not field.has_changed(moment, ["1", "7", "2026", "12:00"])
    assert field.has_changed(moment, ["1", "7", "2026", "12:01"])
