"""The product's settings, quicker where no claim depends on it."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only for tests")
os.environ.setdefault("INSECURE_HTTP", "1")
# scripts/test names a file of its own, which all parts of the run share.
os.environ.setdefault("BID_KEYS_FILE", f"{tempfile.gettempdir()}/tenth-tests-{os.getuid()}/k.json")

from config.settings import *  # noqa: E402, F403
from config.settings import (  # noqa: E402
    BASE_DIR,
    DATABASES,
    MIDDLEWARE,
    REDIS_URL,
    STATICFILES_DIRS,
    STORAGES,
)

# Where a run is divided, each process has a broker of its own, as it has a database.
_PART = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
REDIS_URL = CELERY_BROKER_URL = f"{REDIS_URL.rpartition('/')[0]}/{_PART}"

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# It scans the static folder for every test client.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# What looks at a page is asked for by the page, as a browser keeps a file it has read.
STATICFILES_DIRS = [*STATICFILES_DIRS, ("vendor", BASE_DIR / "tests" / "vendor")]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
# The live server keeps its connection for as long as a browser keeps one to it.
for _database in DATABASES.values():
    _database["CONN_MAX_AGE"] = 60
