"""The web server's entry point."""

import os

from django.core.wsgi import get_wsgi_application

from bids.checks import log_unless_keys_are_usable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
log_unless_keys_are_usable()
