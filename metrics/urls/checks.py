from django.urls import path

from metrics.views import checks

urlpatterns = [
    path("charters/<uuid:pk>/check/", checks.check, name="check"),
    path("charters/packs/<slug:code>/check/", checks.pack, name="check_pack"),
    path("metrics/<uuid:pk>/hold-back/", checks.hold_back, name="hold_back"),
    path("metrics/<uuid:pk>/release/", checks.release, name="release"),
]
