from django.urls import path

from metrics.views import targets

urlpatterns = [
    path("charters/<uuid:pk>/targets/", targets.targets, name="targets"),
    path("metrics/<uuid:pk>/resolve/", targets.resolve, name="resolve"),
    path("metrics/<uuid:pk>/owner/", targets.set_owner, name="set_owner"),
]
