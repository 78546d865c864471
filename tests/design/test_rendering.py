"""How forms are drawn: escaped, kept as typed, with errors that lead to their fields."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from design import fields, samples, widgets
from design.components import draw

ATTACK = '<img src=x onerror="alert(1)">'


def render(source: str, **context) -> str:
    """A template of one page's worth of tags."""
    loaded = "{% load govuk charts format crispy_forms_tags %}"
    return Template(loaded + source).render(Context(context))


class Attacked(forms.Form):
    """Every word on it was written by someone who means harm."""

    text = forms.CharField(label=ATTACK, help_text=ATTACK, initial=ATTACK)
    long = fields.LongTextField(label=ATTACK, help_text=ATTACK, initial=ATTACK, max_words=9)
    money = fields.MoneyField(label=ATTACK, help_text=ATTACK, suffix=ATTACK)
    pick = forms.ChoiceField(label=ATTACK, choices=[(ATTACK, ATTACK)])
    radio = forms.ChoiceField(
        label=ATTACK,
        choices=[(ATTACK, ATTACK)],
        widget=widgets.Radios(hints={ATTACK: ATTACK}, reveals={ATTACK: "why"}),
    )
    why = forms.CharField(label=ATTACK)
    ticks = forms.MultipleChoiceField(
        label=ATTACK, choices=[(ATTACK, ATTACK)], widget=widgets.Checkboxes(hints={ATTACK: ATTACK})
    )
    tick = forms.BooleanField(label=ATTACK, help_text=ATTACK)
    day = fields.DateField(label=ATTACK, help_text=ATTACK)
    file = forms.FileField(label=ATTACK, help_text=ATTACK)
    password = forms.CharField(label=ATTACK, widget=forms.PasswordInput)
    colour = forms.SplitDateTimeField(label=ATTACK)

    def clean(self):
        raise forms.ValidationError(ATTACK)


@pytest.mark.parametrize("data", [None, {"text": "", "money": ATTACK, "long": ATTACK * 9}])
def test_nothing_on_a_form_is_drawn_raw(data):
    form = Attacked(data)

    drawn = render("{% error_summary form %}{{ form|crispy }}", form=form)

    assert "<img" not in drawn
    assert "&lt;img" in drawn


@pytest.mark.parametrize(
    ("component", "params"),
    [
        ("button", {"text": ATTACK, "attributes": {"data-x": ATTACK}}),
        ("button", {"html": ATTACK, "attributes": ATTACK}),
        ("table", {"head": [{"text": ATTACK}], "rows": [[{"html": ATTACK}]]}),
        ("tabs", {"items": [{"label": ATTACK, "panel": {"html": ATTACK}}]}),
        ("accordion", {"id": "a", "items": [{"heading": {"text": ATTACK}}]}),
        ("service-navigation", {"service_name": ATTACK, "slots": {"end": ATTACK}}),
        ("notification-banner", {"html": ATTACK, "title_html": ATTACK}),
        ("task-list", {"id_prefix": "t", "items": [{"title": {"html": ATTACK}}]}),
    ],
)
def test_no_component_prints_what_it_is_given_raw(component, params):
    assert "<img" not in draw(component, **params)


def test_what_django_calls_safe_is_printed_as_it_is():
    drawn = render(
        '{% govuk_block "inset-text" %}<b>{{ words }}</b>{% endgovuk_block %}', words="<i>"
    )

    assert "<b>&lt;i&gt;</b>" in drawn


def test_chart_words_are_escaped():
    picture = samples.charts.bars(
        title=ATTACK, description=ATTACK, series=[ATTACK], rows=[(ATTACK, [1])], unit=ATTACK
    )

    drawn = render("{% chart it %}{% chart_table it %}", it=picture)

    assert "<img" not in drawn


def test_the_summary_leads_to_each_field_in_order():
    form = samples.SampleForm(samples.WRONG)

    drawn = render("{% error_summary form %}{{ form|crispy }}", form=form)
    targets = re.findall(r'<a href="#([^"]+)"', drawn)

    assert targets == [
        *("id_title", "id_email", "id_password", "id_value", "id_hours", "id_weight"),
        *("id_people", "id_method", "id_route", "id_theme", "id_themes"),
        *("id_starts_0", "id_closes_0", "id_evidence", "id_declared"),
    ]
    assert [drawn.count(f'id="{target}"') for target in targets] == [1] * len(targets)


def test_a_summary_of_a_good_form_is_nothing():
    assert render("{% error_summary form nothing %}", form=samples.SampleForm()) == ""


def test_a_summary_names_the_errors_of_every_row():
    formset = samples.RowFormSet(samples.WRONG_ROWS, prefix="rows")

    drawn = render("{% error_summary formset %}", formset=formset)

    assert re.findall(r'href="#([^"]+)"\s*>([^<]+)<', drawn) == [
        ("id_rows-0-name", "Enter the name"),
        ("id_rows-0-share", "Share must be 100% or less"),
    ]


def test_an_error_of_the_whole_form_leads_to_its_first_field():
    class Form(forms.Form):
        first = forms.CharField()

        def clean(self):
            raise forms.ValidationError("The weights must add up to 100")

    drawn = render("{% error_summary form %}", form=Form({"first": "x"}))

    assert 'href="#id_first"' in drawn
    assert "The weights must add up to 100" in drawn


def test_what_was_typed_is_kept():
    drawn = render("{{ form|crispy }}", form=samples.SampleForm(samples.WRONG))

    assert 'value="£1.005"' in drawn
    assert 'value="1e9"' in drawn
    assert 'value="01:30"' in drawn


def test_a_password_is_never_sent_back():
    form = samples.SampleForm({"password": "correct horse"})

    assert "correct horse" not in render("{{ form|crispy }}", form=form)


def test_lines_of_long_text_are_kept_under_a_choice_too():
    class Form(forms.Form):
        pick = forms.ChoiceField(
            choices=[("other", "Other")], widget=widgets.Radios(reveals={"other": "why"})
        )
        why = fields.LongTextField(label="Why")

    form = Form(initial={"why": "\none\n  two"})

    drawn = render("{{ form|crispy }}", form=form)

    assert ">&#10;one&#10;  two</textarea>" in drawn
    assert drawn.count("<textarea") == 1


@pytest.mark.parametrize(
    ("field", "label"),
    [
        (forms.CharField(label="Notes", required=False), "Notes (optional)"),
        (forms.CharField(label="Notes"), "Notes"),
        (forms.CharField(label="Notes (optional)", required=False), "Notes (optional)"),
    ],
)
def test_a_field_that_may_be_empty_says_so(field, label):
    form = type("Form", (forms.Form,), {"it": field})()

    drawn = render("{% govuk_field form.it %}", form=form)

    assert re.search(r"<label[^>]*>\s*([^<]+?)\s*</label>", drawn)[1] == label


def test_a_filter_form_need_not_mark_what_is_optional():
    class Filters(forms.Form):
        mark_optional = False
        q = forms.CharField(label="Search", required=False)

    assert "(optional)" not in render("{{ form|crispy }}", form=Filters())


def test_djangos_own_messages_are_said_plainly():
    drawn = render("{{ form|crispy }}", form=samples.SampleForm(samples.WRONG))

    assert "Enter the password" in drawn
    assert "Enter an e-mail address like name@example.com" in drawn
    assert "Procedure: choose one of the answers listed" in drawn
    assert "Tick “I have no interest to declare” to continue" in drawn
    assert "This field is required" not in drawn


def test_a_heading_label_is_the_pages_heading():
    drawn = render("{% govuk_field form.title heading=True %}", form=samples.SampleForm())

    assert '<h1 class="govuk-label-wrapper">' in drawn


def test_a_hidden_label_stays_for_those_who_listen():
    drawn = render("{% govuk_field form.title show_label=False %}", form=samples.SampleForm())

    assert 'class="govuk-label govuk-visually-hidden"' in drawn


def test_the_whole_form_sends_files_and_carries_its_token():
    drawn = render("{% crispy form %}", form=samples.SampleForm(), csrf_token="abc")

    assert 'enctype="multipart/form-data"' in drawn
    assert 'name="csrfmiddlewaretoken" value="abc"' in drawn
    assert "Save and continue" in drawn


def test_pages_keep_the_rest_of_the_address():
    page = Paginator(range(100), 10).page(2)
    request = RequestFactory().get("/", {"q": "a&b", "page": "2"})

    drawn = render('{% include "partials/pagination.html" %}', page=page, request=request)

    assert 'href="?q=a%26b&amp;page=3"' in drawn


def test_one_page_needs_no_pagination():
    page = Paginator(range(3), 10).page(1)

    assert "govuk" not in render('{% include "partials/pagination.html" %}', page=page)


@pytest.mark.parametrize(
    ("document", "paragraph", "printed"),
    [
        ("Policy", "12", "Policy, paragraph 12"),
        ("Policy", "Objectives, 3", "Policy, Objectives, 3"),
        ("Policy", "", "Policy"),
        ("", "Evidence", "Evidence"),
        ("", "", ""),
    ],
)
def test_a_clause_says_where_it_stands_as_far_as_that_is_known(document, paragraph, printed):
    asked = '{% include "partials/clause.html" with text="Words." %}'

    page = render(asked, document=document, paragraph=paragraph)

    assert f'<footer class="tenth-clause__source">{printed}</footer>' in page
