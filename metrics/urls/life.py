from django.urls import path

from metrics.views import life, packs

urlpatterns = [
    path("charters/desk/", life.desk, name="desk"),
    path("charters/packs/", packs.packs, name="packs"),
    path("charters/packs/<slug:code>/", packs.pack, name="pack"),
    path("charters/packs/<slug:code>/adopt/<uuid:authority>/", packs.adopt, name="adopt"),
    path("charters/begin/<uuid:authority>/", packs.begin, name="begin"),
    path("charters/<uuid:pk>/new-version/", life.new_version, name="new_version"),
    path("charters/<uuid:pk>/changes/", life.changes, name="changes"),
    path("charters/<uuid:pk>/publish/", life.publish, name="publish"),
    path("charters/<uuid:pk>/discard/", life.discard, name="discard"),
]
