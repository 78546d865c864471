"""manage.py load_charter, as an operator runs it."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from charter.models import Charter
from metrics.actions import loading
from metrics.lint import ERROR, Finding
from metrics.management.commands import load_charter as command
from metrics.reliance import Reliance
from tests.factories.charter import CharterFactory

pytestmark = pytest.mark.django_db


def run(capsys, code="sslep-2021", authority="Anytown Council"):
    call_command("load_charter", code, "--authority", authority)
    return capsys.readouterr().out


def test_the_first_run_loads_and_says_what(capsys):
    said = run(capsys)

    assert said == (
        "SSLEP Social Value Charter, version 1 is in force for Anytown Council. "
        "25 metrics, 4 of them with no target set. Held back because of errors: 2.\n"
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

    assert str(caught.value) == (
        'there is no charter "atlantis"; '
        "there are: leicester-2018, nelc-2018, sslep-2021, west-of-england-2024"
    )
    assert Organisation.objects.count() == 0


def test_an_authority_needs_a_name(capsys):
    with pytest.raises(CommandError) as caught:
        run(capsys, authority=" ")

    assert str(caught.value) == 'Name the authority, for example --authority "Example Council".'


def test_a_pack_without_metrics_says_so(capsys):
    said = run(capsys, code="nelc-2018")

    assert said == (
        "North East Lincolnshire Social Value Policy, version 1 is in force for Anytown Council. "
        "It has no metrics.\n"
    )


@pytest.mark.parametrize("code", ["leicester-2018", "west-of-england-2024"])
def test_a_draft_pack_is_not_put_in_force_and_says_why(capsys, code):
    said = run(capsys, code=code)

    charter = Charter.objects.get()
    assert charter.status == "draft"
    assert said == (
        f"{charter} is loaded for Anytown Council as a draft, not in force: its papers leave "
        "much open. It has no metrics.\n"
    )


@pytest.mark.parametrize("code", ["leicester-2018", "west-of-england-2024"])
def test_a_draft_pack_loads_once(capsys, code):
    run(capsys, code=code)

    said = run(capsys, code=code)

    assert (
        said == f"{Charter.objects.get()} is loaded already for Anytown Council: nothing changed.\n"
    )


def test_a_pack_whose_rules_have_errors_stays_a_draft_and_says_why(capsys, monkeypatch):
    error = Finding("cap-of-nothing", ERROR, "A clause", "It allows no metric.", "Allow one.")
    for module in (loading, command):
        monkeypatch.setattr(module, "reliance_of", lambda charter: Reliance([error], {}))

    said = run(capsys, code="nelc-2018")

    assert Charter.objects.get().status == "draft"
    assert said == (
        "North East Lincolnshire Social Value Policy, version 1 is loaded for Anytown Council as "
        "a draft, not in force: a check finds errors in it that are to be mended first. "
        "It has no metrics.\n"
    )


def test_a_pack_beneath_the_authoritys_own_words_stays_a_draft_and_says_why(capsys):
    run(capsys)
    first = Charter.objects.get()
    Charter.objects.update(status="superseded", pack_version=1)
    CharterFactory(
        authority=first.authority, code=first.code, version=2, pack=first.pack, copied_from=first
    )

    said = run(capsys)

    assert said == (
        "SSLEP Social Value Charter, version 3 is loaded for Anytown Council as a draft, not in "
        "force: a version written here is. 25 metrics, 4 of them with no target set.\n"
    )
