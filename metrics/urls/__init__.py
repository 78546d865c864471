"""Addresses of the catalogue, a module for each kind of page."""

from metrics.urls import checks, editing, life, proxies, reading, results, sheets, targets

app_name = "metrics"
urlpatterns = [
    *reading.urlpatterns,
    *life.urlpatterns,
    *checks.urlpatterns,
    *editing.urlpatterns,
    *targets.urlpatterns,
    *sheets.urlpatterns,
    *proxies.urlpatterns,
    *results.urlpatterns,
]
