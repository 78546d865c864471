from django.apps import AppConfig
from django.core.checks import Tags, register

from bids.checks import keys_are_usable


class BidsConfig(AppConfig):
    name = "bids"

    def ready(self):
        register(keys_are_usable, Tags.security, deploy=True)
