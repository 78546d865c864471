"""The planted fault: a submit no longer holds the tender's row against whoever opens it."""

from importlib import import_module

from django.apps import AppConfig


class WithoutLock(AppConfig):
    """Takes the lock out of the running process, and nothing else."""

    name = "scripts.soaks"

    def ready(self):
        # Actions can be had only once every model is there.
        import_module("bids.actions.sending").share_tender = lambda tender: None
