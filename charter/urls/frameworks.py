from django.urls import path

from charter.views import frameworks

urlpatterns = [
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path("frameworks/<slug:code>/", frameworks.framework, name="framework"),
]
