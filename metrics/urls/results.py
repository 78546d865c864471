from django.urls import path

from metrics.views import results

urlpatterns = [
    path("charters/results/<uuid:authority>/", results.results, name="results"),
    path(
        "charters/results/<uuid:authority>/<int:year>/<uuid:metric>/",
        results.record_result,
        name="record_result",
    ),
    path(
        "charters/results/evidence/<uuid:result>/<uuid:file>/",
        results.evidence,
        name="result_evidence",
    ),
]
