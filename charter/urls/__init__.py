"""Addresses of the charter, a module for each kind of page."""

from charter.urls import comments, drafting, frameworks, partners, reading

app_name = "charter"
urlpatterns = [
    *reading.urlpatterns,
    *frameworks.urlpatterns,
    *drafting.urlpatterns,
    *partners.urlpatterns,
    *comments.urlpatterns,
]
