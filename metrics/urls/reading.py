from django.urls import path

from metrics.views import reading

urlpatterns = [
    path("charters/invited/<str:token>/metrics/", reading.invited, name="invited"),
    path("metrics/", reading.metric_list, name="list"),
    path("metrics/<uuid:pk>/", reading.detail, name="detail"),
]
