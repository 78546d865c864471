from django.urls import path

from charter.views import asks, reading

urlpatterns = [
    path("", reading.charter_list, name="list"),
    path("<uuid:pk>/", reading.detail, name="detail"),
    path("<uuid:pk>/mapping/", reading.mapping, name="mapping"),
    path("<uuid:pk>/asks/", asks.asks, name="asks"),
]
