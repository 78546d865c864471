from django.urls import path

from charter import views

app_name = "charter"
urlpatterns = [
    path("", views.charter_list, name="list"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/mapping/", views.mapping, name="mapping"),
    path("principles/<uuid:pk>/", views.principle, name="principle"),
]
