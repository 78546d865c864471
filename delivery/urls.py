from django.urls import path

from delivery import views

app_name = "delivery"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("supplier/", views.supplier_desk, name="supplier_desk"),
    path("approve/<uuid:tender>/", views.approve_award, name="approve_award"),
    path("approve-programme/<uuid:tender>/", views.approve_programme, name="approve_programme"),
    path("notice/<uuid:tender>/", views.notice, name="notice"),
    path("<uuid:pk>/", views.contract, name="contract"),
    path("<uuid:pk>/start/", views.start, name="start"),
    path("<uuid:pk>/returns/send/", views.send_return, name="send_return"),
    path("returns/<uuid:pk>/", views.return_line, name="return_line"),
    path("returns/<uuid:pk>/check/", views.check_line, name="check_line"),
    path("returns/<uuid:pk>/evidence/", views.evidence, name="evidence"),
]
