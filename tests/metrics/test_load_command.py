"""manage.py load_charter, as an operator runs it."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from charter.models import Charter

pytestmark = pytest.mark.django_db


def run(capsys, code="sslep-2021", authority="Anytown Council"):
    call_command("load_charter", code, "--authority", authority)
    return capsys.readouterr().out


def test_the_first_run_loads_and_says_what(capsys):
    said = run(capsys)

    assert said == (
        "SSLEP Social Value Charter, version 1 is in force for Anytown Council: "
        "25 metrics, 4 of them with no target set.\n"
    )
    assert Charter.objects.get().authority.is_authority


def test_the_second_run_says_that_nothing_changed(capsys):
    run(capsys)

    said = run(capsys)

    assert said == (
        "SSLEP Social Value Charter, version 1 is loaded already for Anytown Council: "
        "nothing changed.\n"
    )
    assert Organisation.objects.count() == 1


def test_an_unknown_charter_sets_up_no_authority(capsys):
    with pytest.raises(CommandError) as caught:
        run(capsys, code="atlantis")

    assert str(caught.value) == 'there is no charter "atlantis"; there are: sslep-2021'
    assert Organisation.objects.count() == 0


def test_an_authority_needs_a_name(capsys):
    with pytest.raises(CommandError) as caught:
        run(capsys, authority=" ")

    assert str(caught.value) == 'Name the authority, for example --authority "Example Council".'
