from django.urls import path

from reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("request/<uuid:pk>/", views.request_report, name="request"),
    path("<uuid:pk>/", views.report, name="report"),
    path("<uuid:pk>/progress/", views.progress, name="progress"),
    path("<uuid:pk>/progress/state/", views.progress_state, name="progress_state"),
    path("<uuid:pk>/pdf/", views.pdf, name="pdf"),
    path("<uuid:pk>/figures/", views.figures, name="figures"),
    path("<uuid:pk>/approve/", views.approve, name="approve"),
]
