"""Form fields for exact numbers, London time and clean text, each refusing in plain words."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from design.london import NoSuchTime, TimeHappensTwice, instant, nearest
from design.widgets import DateInputs, LondonDateTimeInputs
from design.wording import EMAIL_WANTED, required_message

# Digits alone, or in threes between commas; ASCII only, so that "１２" is not a number here.
PLAIN_NUMBER = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.([0-9]+))?")
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?", re.ASCII | re.IGNORECASE)
NAMED_TIMES = {"noon": time(12), "midday": time(12)}
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


class Worded:
    """A field whose errors begin with its own label."""

    label: str | None

    @property
    def thing(self) -> str:
        label = str(self.label or "This").removesuffix(" (optional)")
        return f"Your answer to “{label}”" if label.endswith("?") else label

    def refuse(self, words: str, code: str = "invalid"):
        raise ValidationError(f"{self.thing} {words}", code=code)

    def require(self):
        label = self.label or "an answer"
        raise ValidationError(required_message(label, self.widget), code="required")


class ExactField(Worded, forms.Field):
    """A number as a person writes it, kept exactly as a Decimal."""

    widget = forms.TextInput
    whole_digits = 15
    places = 9
    example = "12.5"
    sign = ""
    prefix = ""
    suffix = ""
    keypad = "decimal"
    width = 10

    def __init__(self, *, min_value=0, max_value=None, prefix=None, suffix=None, **kwargs):
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)
        self.prefix = self.prefix if prefix is None else prefix
        self.suffix = self.suffix if suffix is None else suffix

    def widget_attrs(self, widget):
        return {
            "class": widget.attrs.get("class", f"govuk-input--width-{self.width}"),
            "inputmode": self.keypad,
        }

    def prepare_value(self, value):
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        typed = str(value).strip()
        if not typed:
            return None
        bare = typed.strip(self.sign + " ") if self.sign else typed
        match = PLAIN_NUMBER.fullmatch(bare)
        if match is None or not (match[2] or match[3]):
            self.refuse(f"must be a number, for example {self.example}")
        return self._measured(*match.groups())

    def _measured(self, minus: str, whole: str | None, fraction: str | None) -> Decimal:
        whole = (whole or "0").replace(",", "").lstrip("0") or "0"
        fraction = (fraction or "").rstrip("0")
        if len(whole) > self.whole_digits:
            self.refuse(f"must have {self.whole_digits} digits or fewer before the decimal point")
        if len(fraction) > self.places:
            self.refuse(self.too_many_places())
        return Decimal(f"{minus}{whole}.{fraction}" if fraction else f"{minus}{whole}")

    def too_many_places(self) -> str:
        return f"must have {self.places} decimal places or fewer"

    def validate(self, value):
        if value is None:
            if self.required:
                self.require()
            return
        if self.min_value is not None and value < self.min_value:
            self.refuse(f"must be {self.shown(self.min_value)} or more")
        if self.max_value is not None and value > self.max_value:
            self.refuse(f"must be {self.shown(self.max_value)} or less")

    def shown(self, bound) -> str:
        return f"{Decimal(bound):,f}"


class MoneyField(ExactField):
    """Pounds and pence: "£1,250,000.50"."""

    whole_digits = 13
    places = 2
    example = "1,250,000 or 1250.50"
    sign = "£"
    prefix = "£"

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        is_whole = value == value.to_integral_value()
        return f"{value:.0f}" if is_whole else f"{value:.2f}"

    def too_many_places(self) -> str:
        return "must be in pounds and whole pence, for example 1250.50"

    def shown(self, bound) -> str:
        return f"£{Decimal(bound):,f}"


class QuantityField(ExactField):
    """An amount of something: hours, people, tonnes. Its unit stands after it as `suffix`."""


class PercentageField(ExactField):
    """A percentage from 0 to 100, with or without the sign."""

    whole_digits = 3
    places = 4
    example = "12.5"
    sign = "%"
    suffix = "%"
    width = 5

    def __init__(self, *, max_value=100, **kwargs):
        super().__init__(max_value=max_value, **kwargs)

    def shown(self, bound) -> str:
        return f"{Decimal(bound):f}%"


class WholeNumberField(ExactField):
    """A count, as an int."""

    places = 0
    whole_digits = 9
    example = "14"
    keypad = "numeric"
    width = 5

    def too_many_places(self) -> str:
        return f"must be a whole number, for example {self.example}"

    def clean(self, value):
        number = super().clean(value)
        return None if number is None else int(number)


class CleanTextField(Worded, forms.CharField):
    """Text that can be stored, printed and sent: no control characters, one kind of newline."""

    def __init__(self, *, max_words=None, **kwargs):
        self.max_words = max_words
        super().__init__(**kwargs)
        # Stated by `validate`, in words that name the field and the remedy.
        ours = {"max_length", "null_characters_not_allowed"}
        self.validators = [check for check in self.validators if check.code not in ours]

    def to_python(self, value):
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        # A name or a title is one line wherever it is printed, in letters too.
        return text if isinstance(self.widget, forms.Textarea) else " ".join(text.split("\n"))

    def validate(self, value):
        if value in self.empty_values and self.required:
            self.require()
        if UNSTORABLE.search(value or ""):
            self.refuse(
                "contains characters that cannot be saved. Paste it as plain text and try again"
            )
        words = len((value or "").split())
        if self.max_words and words > self.max_words:
            self.refuse(
                f"must be {self.max_words} words or fewer. You have used {words}",
                code="max_words",
            )
        limit = self.max_length
        if limit and len(value or "") > limit:
            self.refuse(f"must be {limit:,} characters or fewer", code="max_length")


class LongTextField(CleanTextField):
    """Several paragraphs, counted in words or characters as the person writes."""

    def __init__(self, *, rows=6, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


class EmailField(forms.EmailField):
    """An address to write to, refused once however much is wrong with it."""

    def run_validators(self, value):
        try:
            super().run_validators(value)
        except ValidationError:
            raise ValidationError(EMAIL_WANTED, code="invalid") from None


class DateField(Worded, forms.Field):
    """Day, month and year in three boxes."""

    widget = DateInputs

    def to_python(self, value):
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        typed = [str(part or "").strip() for part in value]
        if not any(typed):
            return None
        return self.date_from(*typed)

    def date_from(self, day: str, month: str, year: str) -> date:
        parts = {"day": day, "month": month, "year": year}
        missing = [name for name, part in parts.items() if not part]
        if missing:
            self.refuse(f"must include a {' and a '.join(missing)}")
        month = str(MONTHS.get(month.lower()[:3], month))
        if not all(re.fullmatch("[0-9]{1,4}", part) for part in (day, month, year)):
            self.refuse("must be a real date, for example 27 3 2027")
        if len(year) != 4:
            self.refuse("must include a year with 4 numbers, for example 2027")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            return self.refuse("must be a real date, for example 27 3 2027")

    def validate(self, value):
        if value is None and self.required:
            self.require()


class LondonDateTimeField(DateField):
    """A moment on London's clocks, kept as an aware datetime in UTC.

    A `suggested` time stands in the box until a day is chosen, and is no answer by itself.
    """

    widget = LondonDateTimeInputs

    def __init__(self, *, suggested: str = "", **kwargs):
        super().__init__(**kwargs)
        self.suggested = self.widget.suggested = suggested

    def to_python(self, value):
        if isinstance(value, datetime) or value in self.empty_values:
            return value or None
        *day, clock = [str(part or "").strip() for part in value]
        if not any(day) and clock in ("", self.suggested):
            return None
        if not clock:
            self.refuse("must include a time, for example 12:00")
        wall = datetime.combine(self.date_from(*day), self.time_from(clock))
        try:
            return instant(wall)
        except NoSuchTime:
            words = "does not exist on {}, when the clocks go forward"
        except TimeHappensTwice:
            words = "happens twice on {}, when the clocks go back"
        shown_day = f"{wall.day} {wall:%B %Y}"
        before, after = nearest(wall)
        return self.refuse(
            f"cannot be {wall:%H:%M}: that time {words.format(shown_day)}. "
            f"Choose another time. The nearest are {before:%H:%M} and {after:%H:%M}"
        )

    def time_from(self, typed: str) -> time:
        """The time as people write it: 12:00, 9.30, 5pm, midday."""
        named = NAMED_TIMES.get(typed.lower())
        if named:
            return named
        match = CLOCK.fullmatch(typed)
        if match is None or not (match[2] or match[3]):
            return self.refuse("must have a time like 12:00 or 5:30pm")
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half and not 1 <= hour <= 12:
            return self.refuse("must have a time like 12:00 or 5:30pm")
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        try:
            return time(hour, minute)
        except ValueError:
            return self.refuse("must have a time from 00:00 to 23:59")
