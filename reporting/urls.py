from django.urls import include, path

from reporting import views

app_name = "reporting"
reports = [
    path("", views.desk, name="desk"),
    path("request/<uuid:pk>/", views.request_report, name="request"),
    path("<uuid:pk>/", views.report, name="report"),
    path("<uuid:pk>/progress/", views.progress, name="progress"),
    path("<uuid:pk>/progress/state/", views.progress_state, name="progress_state"),
    path("<uuid:pk>/pdf/", views.pdf, name="pdf"),
    path("<uuid:pk>/figures/", views.figures, name="figures"),
    path("<uuid:pk>/approve/", views.approve, name="approve"),
]
# A principle's page stands with its charter, though it shows what only reporting knows.
urlpatterns = [
    path("charters/principles/<uuid:pk>/", views.principle, name="principle"),
    path("reports/", include(reports)),
]
