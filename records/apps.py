from django.apps import AppConfig
from django.core.checks import Tags, register

from records.checks import a_scanner_is_set


class RecordsConfig(AppConfig):
    name = "records"

    def ready(self):
        register(a_scanner_is_set, Tags.security, deploy=True)
