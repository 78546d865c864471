"""Secrets are made once, kept, and readable by their owner alone."""

import stat

from scripts.launcher.secrets_kept import kept_secret, write_private


def test_a_secret_is_the_same_the_second_time(tmp_path):
    first = kept_secret(tmp_path, "key")

    second = kept_secret(tmp_path, "key")

    assert (second, len(second)) == (first, 64)


def test_two_secrets_differ(tmp_path):
    assert kept_secret(tmp_path, "one") != kept_secret(tmp_path, "other")


def test_nobody_else_may_read_a_secret(tmp_path):
    kept_secret(tmp_path, "key")

    modes = [stat.S_IMODE(p.stat().st_mode) for p in [tmp_path / "secrets" / "key"]]
    assert modes == [0o600]


def test_writing_leaves_no_second_file(tmp_path):
    write_private(tmp_path / "conf", "one")

    write_private(tmp_path / "conf", "two")

    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("conf", "two")]
