from django.urls import path

from metrics.views import proxies

urlpatterns = [
    path("charters/proxies/<uuid:authority>/", proxies.proxies, name="proxies"),
    path("charters/proxies/<uuid:authority>/load/", proxies.load, name="load_proxies"),
    path("charters/proxies/set/<uuid:pk>/", proxies.proxy_set, name="proxy_set"),
    path("charters/proxies/set/<uuid:pk>/withdraw/", proxies.withdraw, name="withdraw_proxies"),
]
