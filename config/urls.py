"""The map of the site, one line per app."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("design/", include("design.urls")),
    path("charters/", include("charter.urls")),
    path("", include("metrics.urls")),
    path("tenders/", include("tenders.urls")),
    path("bids/", include("bids.urls")),
    path("evaluations/", include("evaluations.urls")),
    path("contracts/", include("delivery.urls")),
    path("", include("reporting.urls")),
]
