"""manage.py load_frameworks, as an operator runs it after an upgrade."""

import pytest
from django.core.management import CommandError, call_command

from charter.models import Framework

pytestmark = pytest.mark.django_db


def run(capsys):
    call_command("load_frameworks")
    return capsys.readouterr().out


def test_the_first_run_keeps_every_edition(capsys):
    assert run(capsys) == "4 new editions kept. Those kept before are as their files say.\n"

    codes = Framework.objects.order_by("code").values_list("code", flat=True)
    assert list(codes) == ["ppn-002", "ppn-026", "ppn-06-20", "sdg"]


def test_the_second_run_keeps_nothing_new(capsys):
    run(capsys)

    assert run(capsys) == "0 new editions kept. Those kept before are as their files say.\n"


def test_an_edition_that_is_not_as_it_was_kept_is_named(capsys):
    run(capsys)
    Framework.objects.filter(code="sdg").update(title="Other Goals")

    with pytest.raises(CommandError) as caught:
        run(capsys)

    assert str(caught.value) == (
        "The framework sdg is loaded already, and its file has other parts or other "
        "verbatim words. Charters are mapped to it: give the changed one a code of its own."
    )
