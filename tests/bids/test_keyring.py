"""The wrapping keys: each opens what it wrapped, for the same purpose and context only."""


import pytest

from bids.keyring import Purpose, key_file
from bids.keyring.in_file import FileKeyring

DATA_KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "keys" / "bids.json"
    key_file.make(path)
    return path


@pytest.fixture
def ring(path):
    return FileKeyring(path)


@pytest.mark.parametrize("purpose", Purpose)
def test_what_is_wrapped_is_unwrapped(ring, purpose):
    wrapped = ring.wrap(DATA_KEY, purpose=purpose, context="a")

    assert ring.unwrap(wrapped, purpose=purpose, context="a") == DATA_KEY
