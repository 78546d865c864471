from django.urls import path

from metrics.views import sheets

urlpatterns = [
    path("charters/<uuid:pk>/metrics/export/<str:kind>/", sheets.export, name="export"),
    path("charters/<uuid:pk>/metrics/import/", sheets.upload, name="upload"),
    path("charters/<uuid:pk>/metrics/import/<uuid:upload>/", sheets.preview, name="preview"),
]
