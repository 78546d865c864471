"""The product's settings, and the fault that a soak plants to see that it would be found."""

import os

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

if os.environ.get("SOAK_WITHOUT_LOCK") == "1":
    INSTALLED_APPS = [*INSTALLED_APPS, "scripts.soaks.without_lock.WithoutLock"]
