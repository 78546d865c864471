from django.urls import include, path

from reporting.views import papers, reports

app_name = "reporting"
of_a_year = [
    path("", reports.desk, name="desk"),
    path("request/<uuid:pk>/", reports.request_report, name="request"),
    path("<uuid:pk>/", reports.report, name="report"),
    path("<uuid:pk>/progress/", reports.progress, name="progress"),
    path("<uuid:pk>/progress/state/", reports.progress_state, name="progress_state"),
    path("<uuid:pk>/pdf/", reports.pdf, name="pdf"),
    path("<uuid:pk>/figures/", reports.figures, name="figures"),
    path("<uuid:pk>/approve/", reports.approve, name="approve"),
]
of_a_tender = [
    path("of/<uuid:pk>/", papers.of_tender, name="papers"),
    path("<uuid:pk>/", papers.paper, name="paper"),
    path("<uuid:pk>/state/", papers.paper_state, name="paper_state"),
    path("<uuid:pk>/pdf/", papers.paper_pdf, name="paper_pdf"),
]
# A principle's page stands with its charter, though it shows what only reporting knows.
urlpatterns = [
    path("charters/principles/<uuid:pk>/", reports.principle, name="principle"),
    path("reports/", include(of_a_year)),
    path("papers/", include(of_a_tender)),
]
