"""The wrapping keys: each opens what it wrapped, for the same purpose and context only."""

import json
import os
import shutil
import threading

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from bids.keyring import KeysMissing, Purpose, WrongKey, in_file, key_file
from bids.keyring.in_file import FileKeyring

DATA_KEY = bytes(range(32))
FIRM, OPENING = Purpose.FIRM, Purpose.OPENING
EVERY_CHARACTER = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "keys" / "bids.json"
    key_file.make(path)
    return path


@pytest.fixture
def ring(path):
    return FileKeyring(path)


@pytest.fixture(scope="module")
def one_ring(tmp_path_factory):
    """For many examples: the keyring keeps nothing between them."""
    path = tmp_path_factory.mktemp("one") / "keys" / "bids.json"
    key_file.make(path)
    return FileKeyring(path)


def edited(path, change):
    """The file with its content changed by hand."""
    content = json.loads(path.read_text())
    change(content["purposes"])
    path.write_text(json.dumps(content))


class TestWrapping:
    @given(
        key=st.binary(min_size=1, max_size=64),
        purpose=st.sampled_from(Purpose),
        context=EVERY_CHARACTER,
        other=st.tuples(st.sampled_from(Purpose), EVERY_CHARACTER),
    )
    def test_it_opens_for_the_same_purpose_and_context_only(
        self, one_ring, key, purpose, context, other
    ):
        wrapped = one_ring.wrap(key, purpose=purpose, context=context)

        assert one_ring.unwrap(wrapped, purpose=purpose, context=context) == key
        assert opens(one_ring, wrapped, *other) == (other == (purpose, context))

    def test_no_byte_of_it_can_be_changed(self, ring):
        wrapped = ring.wrap(DATA_KEY, purpose=FIRM, context="a")

        changed = [
            wrapped[:place] + bytes([byte ^ 1]) + wrapped[place + 1 :]
            for place, byte in enumerate(wrapped)
        ]
        assert [one for one in changed if opens(ring, one, FIRM, "a")] == []

    def test_nor_can_it_be_cut_short(self, ring):
        wrapped = ring.wrap(DATA_KEY, purpose=FIRM, context="a")

        lengths = [n for n in range(len(wrapped)) if opens(ring, wrapped[:n], FIRM, "a")]
        assert lengths == []

    def test_the_same_key_is_never_wrapped_alike_twice(self, ring):
        first, second = (ring.wrap(DATA_KEY, purpose=FIRM, context="a") for _ in range(2))

        assert first != second

    def test_it_begins_with_its_format_and_the_version_of_the_key(self, ring):
        assert ring.wrap(DATA_KEY, purpose=FIRM, context="a")[:3] == b"\x01\x00\x01"

    def test_another_sites_keys_do_not_open_it_and_say_so(self, ring, tmp_path):
        wrapped = ring.wrap(DATA_KEY, purpose=OPENING, context="a")
        other = tmp_path / "other" / "bids.json"
        key_file.make(other)

        with pytest.raises(WrongKey, match=r"^The opening keys in .* do not open a bid\. Either"):
            FileKeyring(other).unwrap(wrapped, purpose=OPENING, context="a")


def opens(ring, wrapped, purpose, context):
    try:
        ring.unwrap(wrapped, purpose=purpose, context=context)
    except WrongKey:
        return False
    return True


class TestPlantedFaults:
    """Either of the two bonds holds alone; with both gone, a swap succeeds, and is seen above."""

    @pytest.fixture
    def swap_succeeds(self, ring):
        def swap():
            """For another context, or as the other purpose under the same key."""
            wrapped = ring.wrap(DATA_KEY, purpose=FIRM, context="a")
            return opens(ring, wrapped, FIRM, "b"), opens(ring, wrapped, OPENING, "a")

        return swap

    @pytest.fixture
    def no_associated_data(self, monkeypatch):
        def cipher(key):
            real = AESGCM(key)
            fake = type("Cipher", (), {})()
            fake.encrypt = lambda nonce, data, about: real.encrypt(nonce, data, None)
            fake.decrypt = lambda nonce, data, about: real.decrypt(nonce, data, None)
            return fake

        return lambda: monkeypatch.setattr(in_file, "AESGCM", cipher)

    @pytest.fixture
    def no_derived_keys(self, monkeypatch):
        return lambda: monkeypatch.setattr(in_file, "_derived", lambda key, about: key)

    @pytest.fixture
    def one_key_for_both(self, ring, monkeypatch):
        versions = ring._keys()[FIRM]
        return lambda: monkeypatch.setattr(ring, "_keys", lambda: dict.fromkeys(Purpose, versions))

    def test_swaps_fail(self, swap_succeeds):
        assert swap_succeeds() == (False, False)

    def test_swaps_fail_even_without_associated_data(self, swap_succeeds, no_associated_data):
        no_associated_data()

        assert swap_succeeds() == (False, False)

    def test_swaps_fail_even_without_derived_keys(self, swap_succeeds, no_derived_keys):
        no_derived_keys()

        assert swap_succeeds() == (False, False)

    def test_swaps_fail_even_with_one_key_for_both(self, swap_succeeds, one_key_for_both):
        one_key_for_both()

        assert swap_succeeds() == (False, False)

    def test_with_neither_bond_a_swap_of_contexts_succeeds(
        self, swap_succeeds, no_associated_data, no_derived_keys
    ):
        no_associated_data()
        no_derived_keys()

        assert swap_succeeds() == (True, False)

    def test_with_neither_bond_and_one_key_both_succeed(
        self, swap_succeeds, no_associated_data, no_derived_keys, one_key_for_both
    ):
        no_associated_data()
        no_derived_keys()
        one_key_for_both()

        assert swap_succeeds() == (True, True)


class TestTheFile:
    def test_only_its_owner_may_read_it(self, path):
        modes = [oct(one.stat().st_mode & 0o777) for one in (path, path.parent)]

        assert modes == ["0o600", "0o700"]

    def test_its_folder_holds_nothing_else(self, path):
        assert [one.name for one in path.parent.iterdir()] == ["bids.json"]

    def test_it_says_what_losing_it_means(self, path):
        assert "every sealed bid is lost" in path.read_text()

    def test_it_is_never_made_over_another(self, path):
        before = path.read_bytes()

        with pytest.raises(FileExistsError):
            key_file.make(path)

        assert (path.read_bytes(), len(list(path.parent.iterdir()))) == (before, 1)

    def test_of_many_who_make_it_at_once_one_does(self, tmp_path):
        path, made = tmp_path / "keys" / "bids.json", []

        def make():
            try:
                key_file.make(path)
            except FileExistsError:
                return
            made.append(path.read_bytes())

        threads = [threading.Thread(target=make) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert made == [path.read_bytes()]

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644])
    def test_one_that_others_may_read_or_change_is_refused(self, ring, path, mode):
        path.chmod(mode)

        with pytest.raises(KeysMissing, match=r"Run `chmod 600 "):
            ring.wrap(DATA_KEY, purpose=FIRM, context="a")

    @pytest.mark.parametrize("mode", [0o750, 0o701, 0o755])
    def test_one_in_a_folder_open_to_others_is_refused(self, ring, path, mode):
        path.parent.chmod(mode)

        with pytest.raises(KeysMissing, match=r"Run `chmod 700 "):
            ring.wrap(DATA_KEY, purpose=FIRM, context="a")

    def test_one_that_is_absent_is_asked_for(self, tmp_path):
        with pytest.raises(KeysMissing, match="run `python manage.py make_bid_keys`; if it has"):
            FileKeyring(tmp_path / "none.json").check()

    @pytest.mark.parametrize(
        "change",
        [
            lambda kept: kept.pop("opening"),
            lambda kept: kept["firm"].update(current=2),
            lambda kept: kept["firm"]["keys"].update({"1": "c2hvcnQ="}),
            lambda kept: kept["firm"]["keys"].update({"1": "not base64"}),
            lambda kept: kept["firm"].update(keys={}),
            lambda kept: kept["firm"].update(keys=["1"]),
        ],
    )
    def test_one_that_is_damaged_is_refused(self, ring, path, change):
        edited(path, change)

        with pytest.raises(KeysMissing, match=r"is damaged\. Restore it from where you keep its"):
            ring.check()

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff"])
    def test_nor_is_anything_else_read_as_keys(self, ring, path, content):
        path.write_bytes(content)

        with pytest.raises(KeysMissing, match="is damaged"):
            ring.check()

    def test_one_key_for_both_purposes_is_refused(self, ring, path):
        edited(path, lambda kept: kept.update(opening=kept["firm"]))

        with pytest.raises(KeysMissing, match="has the same key twice"):
            ring.check()

    def test_it_is_read_once_and_again_when_it_changes(self, ring, path, monkeypatch):
        read = []
        really = key_file.read
        monkeypatch.setattr(key_file, "read", lambda path: read.append(1) or really(path))

        wrapped = [ring.wrap(DATA_KEY, purpose=FIRM, context="a") for _ in range(3)]
        before = len(read)
        key_file.rotate(path)
        read.clear()
        wrapped += [ring.wrap(DATA_KEY, purpose=FIRM, context="a") for _ in range(3)]

        assert (before, len(read)) == (1, 1)
        assert [one[2] for one in wrapped] == [1, 1, 1, 2, 2, 2]

    def test_a_file_that_went_is_not_used_from_memory(self, ring, path):
        ring.check()
        path.unlink()

        with pytest.raises(KeysMissing):
            ring.check()


class TestRotation:
    def test_the_old_key_still_opens_and_the_new_one_wraps(self, ring, path):
        old = ring.wrap(DATA_KEY, purpose=FIRM, context="a")

        key_file.rotate(path)
        new = ring.wrap(DATA_KEY, purpose=FIRM, context="a")

        assert (old[2], new[2]) == (1, 2)
        assert [ring.unwrap(one, purpose=FIRM, context="a") for one in (old, new)] == [DATA_KEY] * 2

    def test_the_old_file_does_not_open_what_the_new_key_wrapped(self, ring, path, tmp_path):
        (tmp_path / "old").mkdir(mode=0o700)
        shutil.copy(path, tmp_path / "old" / "bids.json")
        key_file.rotate(path)
        wrapped = ring.wrap(DATA_KEY, purpose=FIRM, context="a")

        with pytest.raises(WrongKey, match=r"under version 2 .* Restore the newest copy"):
            FileKeyring(tmp_path / "old" / "bids.json").unwrap(wrapped, purpose=FIRM, context="a")

    def test_versions_have_no_gaps_however_many_rotate_at_once(self, path):
        threads = [threading.Thread(target=key_file.rotate, args=[path]) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        kept = key_file.read(path)
        assert {p: (v.current, sorted(v.keys)) for p, v in kept.items()} == dict.fromkeys(
            Purpose, (7, [1, 2, 3, 4, 5, 6, 7])
        )

    def test_without_the_lock_a_version_is_lost(self, path, monkeypatch):
        """The twin of the test above: both read before either writes."""
        both_have_read = threading.Barrier(2)
        really = key_file.read

        def read(path):
            keys = really(path)
            both_have_read.wait(10)
            return keys

        monkeypatch.setattr(key_file, "read", read)
        monkeypatch.setattr(key_file.fcntl, "flock", lambda *_: None)
        threads = [threading.Thread(target=key_file.rotate, args=[path]) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert really(path)[FIRM].current == 2

    def test_it_stays_readable_by_its_owner_alone(self, path):
        key_file.rotate(path)

        assert oct(os.stat(path).st_mode & 0o777) == "0o600"
