"""The commands that make, check and rotate the keys of bids, as an operator meets them."""

import re
import shutil

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import connection

from bids.keyring import Purpose, key_file
from bids.keys import firm_key
from bids.models import Bid
from tests.factories.bids import BidFactory
from tests.transit import TOKEN, transit

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(settings, tmp_path):
    """Where this site's keys belong; there are none yet."""
    settings.BID_KEYS_FILE = tmp_path / "keys" / "bids.json"
    return settings.BID_KEYS_FILE


@pytest.fixture
def keys(path):
    key_file.make(path)
    return path


@pytest.fixture
def said(capsys):
    def run(name, *arguments):
        call_command(name, *arguments)
        return capsys.readouterr().out

    return run


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


class TestMaking:
    def test_the_keys_are_made_and_their_loss_is_explained(self, path, said):
        words = said("make_bid_keys")

        assert words.startswith(f"The keys of this site's bids are in {path}.\nWhoever loses this")
        assert set(key_file.read(path)) == set(Purpose)

    def test_they_are_never_made_over_others(self, keys):
        before = keys.read_bytes()

        with pytest.raises(CommandError, match="There are keys at .* `python manage.py rotate_bid"):
            call_command("make_bid_keys", "--although-bids-are-sealed")

        assert keys.read_bytes() == before

    def test_a_start_that_finds_keys_says_nothing(self, keys, said):
        before = keys.read_bytes()

        assert (said("make_bid_keys", "--unless-made"), keys.read_bytes()) == ("", before)

    def test_a_start_that_finds_keys_open_to_others_is_refused(self, keys):
        keys.chmod(0o644)

        with pytest.raises(CommandError, match="Run `chmod 600 "):
            call_command("make_bid_keys", "--unless-made")

    @pytest.mark.parametrize("arguments", [[], ["--unless-made"]])
    def test_lost_keys_are_asked_for_and_not_replaced(self, keys, arguments):
        BidFactory()
        keys.unlink()

        with pytest.raises(CommandError, match=r"^1 bid is sealed .*\nNew keys would not open"):
            call_command("make_bid_keys", *arguments)

        assert not keys.exists()

    def test_they_are_replaced_once_the_loss_is_known(self, keys, said):
        BidFactory.create_batch(2)
        keys.unlink()

        said("make_bid_keys", "--although-bids-are-sealed")

        with pytest.raises(CommandError, match="^Some bids cannot be read with these keys"):
            call_command("check_bid_keys")

    @pytest.mark.parametrize(
        "change",
        [
            "ALTER TABLE bids_bid RENAME TO elsewhere",
            "ALTER TABLE bids_bid DROP COLUMN key_for_firm",
            "ALTER TABLE bids_bid ALTER key_for_firm DROP NOT NULL;"
            "UPDATE bids_bid SET key_for_firm = NULL",
        ],
        ids=["no tables", "before bids were sealed", "halfway through that migration"],
    )
    def test_an_older_database_holds_nothing_sealed(self, keys, said, change):
        BidFactory()
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql(change)
        keys.unlink()

        assert "are in" in said("make_bid_keys", "--unless-made")

    def test_a_folder_open_to_others_is_said_at_once(self, path):
        path.parent.mkdir()
        path.parent.chmod(0o755)

        with pytest.raises(CommandError, match="Run `chmod 700 "):
            call_command("make_bid_keys")

    def test_a_folder_that_cannot_be_is_said_in_words(self, settings, tmp_path):
        (tmp_path / "file").touch()
        settings.BID_KEYS_FILE = tmp_path / "file" / "bids.json"

        with pytest.raises(CommandError, match=r"^Cannot make .*: File exists\. Give "):
            call_command("make_bid_keys")


class TestChecking:
    def test_all_bids_open(self, keys, said):
        BidFactory.create_batch(3)

        assert said("check_bid_keys") == (
            "Of 3 bids, these keys open 3 for the firm and 3 for the opening of the tender.\n"
        )

    def test_a_site_without_bids_is_well(self, keys, said):
        assert said("check_bid_keys").startswith("Of 0 bids, these keys open 0 ")

    def test_one_that_does_not_open_fails_it_and_is_not_named(self, keys, capsys):
        bids = BidFactory.create_batch(3)
        Bid.objects.filter(pk=bids[1].pk).update(key_for_opening=bids[0].key_for_opening)

        with pytest.raises(CommandError) as refused:
            call_command("check_bid_keys")

        words = capsys.readouterr().out + str(refused.value)
        assert "open 3 for the firm and 2 for the opening" in words
        assert not re.search(r"[0-9a-f]{8}-", words)

    def test_another_sites_keys_open_none(self, keys, capsys):
        BidFactory()
        keys.unlink()
        key_file.make(keys)

        with pytest.raises(CommandError):
            call_command("check_bid_keys")

        assert "open 0 for the firm and 0 for the opening" in capsys.readouterr().out

    def test_without_keys_it_fails_even_where_there_is_no_bid(self, path):
        with pytest.raises(CommandError, match="^There is no file of bid keys"):
            call_command("check_bid_keys")


class TestTheDrill:
    """Keys are lost, and brought back from the copy the guide asks for."""

    def test_a_restored_copy_opens_every_bid(self, keys, said, tmp_path):
        bid = BidFactory()
        call_command("rotate_bid_keys")
        later = BidFactory()
        data_keys = [firm_key(bid), firm_key(later)]
        copy = shutil.copytree(keys.parent, tmp_path / "safe")
        shutil.rmtree(keys.parent)
        with pytest.raises(CommandError):
            call_command("make_bid_keys", "--unless-made")

        shutil.copytree(copy, keys.parent)

        assert "Of 2 bids, these keys open 2 for the firm and 2 " in said("check_bid_keys")
        assert [firm_key(bid), firm_key(later)] == data_keys

    def test_a_copy_from_before_a_rotation_does_not_and_the_drill_says_so(self, keys, tmp_path):
        copy = shutil.copy(keys, tmp_path)
        call_command("rotate_bid_keys")
        BidFactory()

        shutil.copy(copy, keys)

        with pytest.raises(CommandError, match="restore the copy of the keys that is as new"):
            call_command("check_bid_keys")


class TestRotating:
    def test_bids_from_before_and_after_open(self, keys, said):
        BidFactory()

        words = said("rotate_bid_keys")

        BidFactory()
        assert words.startswith("Version 2 of the keys in ") and "Copy the file again" in words
        assert said("check_bid_keys").startswith("Of 2 bids, these keys open 2 for the firm and 2")

    def test_there_must_be_keys_to_rotate(self, path):
        with pytest.raises(CommandError, match=r"^(Cannot change|There is no file of bid keys)"):
            call_command("rotate_bid_keys")


class TestWithAKeyService:
    @pytest.fixture
    def service(self, path, settings):
        path.parent.mkdir(mode=0o700)
        settings.BID_KEYS_TOKEN_FILE = path.with_name("token")
        settings.BID_KEYS_TOKEN_FILE.touch(mode=0o600)
        settings.BID_KEYS_TOKEN_FILE.write_text(TOKEN)
        with transit() as service:
            settings.BID_KEYS_SERVICE = service.url
            yield service

    def test_bids_are_checked_there(self, service, said):
        BidFactory.create_batch(2)

        assert said("check_bid_keys").startswith("Of 2 bids, these keys open 2 for the firm and 2")

    def test_one_that_is_away_is_said_in_words(self, service):
        BidFactory()
        service.status = 503

        with pytest.raises(CommandError, match="does not answer"):
            call_command("check_bid_keys")

    def test_no_file_is_made_or_rotated(self, service, path, said):
        with pytest.raises(CommandError, match="Make them there"):
            call_command("make_bid_keys")
        with pytest.raises(CommandError, match="Rotate tenth-firm and tenth-opening there"):
            call_command("rotate_bid_keys")

        assert (said("make_bid_keys", "--unless-made"), path.exists()) == ("", False)


class TestTheDeploymentCheck:
    def found(self, **options):
        return [
            one.msg for one in checks.run_checks(tags=["security"], **options) if "bids" in one.id
        ]

    def test_keys_that_are_there_pass(self, keys):
        assert self.found(include_deployment_checks=True) == []

    def test_missing_keys_are_an_error(self, path):
        (error,) = self.found(include_deployment_checks=True)

        assert error.startswith("Bids cannot be sealed or read. There is no file of bid keys at ")

    def test_other_commands_run_without_them(self, path):
        assert self.found() == []
