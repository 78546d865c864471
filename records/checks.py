"""What `manage.py check --deploy` says of files on a real site."""

from django.conf import settings
from django.core.checks import Info


def a_scanner_is_set(app_configs, **kwargs):
    """A system check: whoever runs a site without a virus scanner should have meant to."""
    if settings.CLAMD:
        return []
    advice = "Set CLAMD, or set UNSCANNED_FILES=refuse so that nobody opens an unchecked file."
    return [Info("No virus scanner is set.", hint=advice, id="records.I001")]
