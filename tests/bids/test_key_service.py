"""Wrapping keys in a key service: the same claims, over HTTP, and in words when it is away."""

import pytest

from bids.keyring import KeyServiceDown, KeysMissing, Purpose, WrongKey, key_file, keyring
from bids.keyring.in_file import FileKeyring
from tests.transit import TOKEN, transit

DATA_KEY = bytes(range(32))
FIRM, OPENING = Purpose.FIRM, Purpose.OPENING


@pytest.fixture(scope="module")
def one_service():
    with transit() as service:
        yield service


@pytest.fixture
def service(one_service):
    one_service.asked.clear()
    yield one_service
    one_service.status, one_service.binds = 0, True


@pytest.fixture
def ring(service, settings, tmp_path):
    folder = tmp_path / "keys"
    key_file.make(folder / "bids.json")
    (folder / "token").touch(mode=0o600)
    (folder / "token").write_text(TOKEN + "\n")
    settings.BID_KEYS_FILE = folder / "bids.json"
    settings.BID_KEYS_TOKEN_FILE = folder / "token"
    settings.BID_KEYS_SERVICE = service.url
    return keyring()


def wrap(ring):
    return ring.wrap(DATA_KEY, purpose=FIRM, context="a")


@pytest.mark.parametrize("purpose", Purpose)
def test_what_is_wrapped_is_unwrapped(ring, purpose):
    wrapped = ring.wrap(DATA_KEY, purpose=purpose, context="ä")

    assert ring.unwrap(wrapped, purpose=purpose, context="ä") == DATA_KEY
    assert wrapped.startswith(b"\x02vault:v1:")


@pytest.mark.parametrize(("purpose", "context"), [(FIRM, "b"), (OPENING, "a"), (OPENING, "b")])
def test_it_opens_for_no_other_purpose_or_context(ring, purpose, context):
    wrapped = wrap(ring)

    with pytest.raises(WrongKey, match="cipher: message authentication failed"):
        ring.unwrap(wrapped, purpose=purpose, context=context)


def test_a_service_that_binds_nothing_is_found_out(ring, service):
    """The planted fault: a key without derivation, on a release without associated data."""
    service.binds = False
    wrapped = wrap(ring)

    assert ring.unwrap(wrapped, purpose=FIRM, context="a") == DATA_KEY
    with pytest.raises(WrongKey, match="wrapped for another bid than asked"):
        ring.unwrap(wrapped, purpose=FIRM, context="b")


def test_one_key_for_both_purposes_is_refused(ring, settings):
    settings.BID_KEYS_OPENING = settings.BID_KEYS_FIRM

    with pytest.raises(KeysMissing, match="must name two keys"):
        wrap(keyring())


def test_the_wrapping_key_never_comes_here(ring, service):
    ring.unwrap(wrap(ring), purpose=FIRM, context="a")

    assert [sorted(asked) for asked in service.asked] == [
        ["associated_data", "context", "plaintext"],
        ["associated_data", "ciphertext", "context"],
    ]


@pytest.mark.parametrize(
    ("status", "trouble", "words"),
    [
        (403, KeyServiceDown, "refuses our token for tenth-firm"),
        (404, KeysMissing, "no transit engine, or no key tenth-firm"),
        (429, KeyServiceDown, "does not answer: told to. Nothing is lost"),
        (500, KeyServiceDown, "does not answer: told to. Nothing is lost"),
        (503, KeyServiceDown, "does not answer: told to. Nothing is lost"),
        (204, KeyServiceDown, "is not a key service that we know"),
    ],
)
def test_each_of_its_troubles_is_said_in_words(ring, service, status, trouble, words):
    service.status = status

    with pytest.raises(trouble, match=words) as raised:
        wrap(ring)

    assert "Nothing that was saved is lost" in raised.value.words


def test_one_that_is_away_is_down(ring, settings):
    settings.BID_KEYS_SERVICE = "http://127.0.0.1:9"

    with pytest.raises(KeyServiceDown, match="does not answer: ConnectionError"):
        wrap(keyring())


def test_a_wrong_token_is_refused_and_a_renewed_one_read_at_once(ring, settings):
    settings.BID_KEYS_TOKEN_FILE.write_text("old")
    with pytest.raises(KeyServiceDown, match=r"Renew .*/keys/token; its policy must allow"):
        wrap(ring)

    settings.BID_KEYS_TOKEN_FILE.write_text(TOKEN)

    assert wrap(ring)


def test_a_token_that_others_may_read_is_not_used(ring, service, settings):
    settings.BID_KEYS_TOKEN_FILE.chmod(0o644)

    with pytest.raises(KeysMissing, match=r"/keys/token may be read or changed by others"):
        wrap(ring)

    assert service.asked == []


def test_an_absent_token_is_asked_for(ring, settings):
    settings.BID_KEYS_TOKEN_FILE.unlink()

    with pytest.raises(KeysMissing, match=r"token at .*/keys/token cannot be read: No such file"):
        wrap(ring)


def test_keys_do_not_travel_in_the_open(ring, settings):
    settings.BID_KEYS_SERVICE = "http://vault.example:8200"

    with pytest.raises(KeysMissing, match="must begin with https://"):
        wrap(keyring())


def test_what_the_file_wrapped_before_still_opens(ring, settings):
    wrapped = wrap(FileKeyring(settings.BID_KEYS_FILE))

    assert ring.unwrap(wrapped, purpose=FIRM, context="a") == DATA_KEY


def test_it_needs_no_file(ring, settings):
    settings.BID_KEYS_FILE.unlink()

    assert ring.unwrap(wrap(ring), purpose=FIRM, context="a") == DATA_KEY


def test_the_file_does_not_open_what_the_service_wrapped(ring, settings):
    wrapped = wrap(ring)

    with pytest.raises(WrongKey, match="Set BID_KEYS_SERVICE"):
        FileKeyring(settings.BID_KEYS_FILE).unwrap(wrapped, purpose=FIRM, context="a")
