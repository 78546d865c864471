"""What the application's processes are given."""

from pathlib import Path

from scripts.launcher import environment

SERVERS = {
    "database_url": "postgres://tenth_app:a@127.0.0.1:1/tenth",
    "owner_url": "postgres://tenth_owner:b@127.0.0.1:1/tenth",
    "redis_url": "redis://:c@127.0.0.1:2/0",
}


def trial(surroundings, port=8000):
    return environment.trial(
        surroundings, data=Path("/data"), port=port, secret_key="kept", **SERVERS
    )


def test_a_trial_is_set_up_for_http_on_its_own_port():
    values = trial({}, port=8003)

    del values["DYLD_FALLBACK_LIBRARY_PATH"]
    assert values == {
        "SECRET_KEY": "kept",
        "INSECURE_HTTP": "1",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": "http://localhost:8003",
        "MEDIA_ROOT": "/data/media",
        "BID_KEYS_FILE": "/data/keys/bids.json",
        "EMAIL_FILE_PATH": "/data/mail",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": SERVERS["database_url"],
        "DATABASE_OWNER_URL": SERVERS["owner_url"],
        "REDIS_URL": SERVERS["redis_url"],
    }


def test_what_the_caller_sets_is_respected():
    values = trial({"SITE_URL": "http://box:9", "EMAIL_HOST": "mail.example"})

    assert (values["SITE_URL"], values["EMAIL_HOST"]) == ("http://box:9", "mail.example")


def test_what_would_mislead_python_is_not_passed_on():
    values = trial({"PYTHONPATH": "/elsewhere", "PYTHONDONTWRITEBYTECODE": "1"})

    assert environment.NOT_PASSED_ON.isdisjoint(values)


def test_the_owner_connects_as_the_owner():
    values = environment.as_owner(trial({}))

    assert values["DATABASE_URL"] == SERVERS["owner_url"]


def test_a_password_is_safe_inside_an_address():
    url = environment.postgres_url(role="r", password="a/b@c", port=5, database="d")

    assert url == "postgres://r:a%2Fb%40c@127.0.0.1:5/d"


def test_the_deployment_check_sees_no_trial_setting():
    relaxed = dict.fromkeys(environment.RELAXED, "1")

    values = environment.production_like(relaxed, database_url="postgres://x")

    assert environment.RELAXED.isdisjoint(values)
    assert len(set(values["SECRET_KEY"])) == len(values["SECRET_KEY"]) == 64
