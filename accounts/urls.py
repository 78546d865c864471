from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("people/", views.people_desk, name="people_desk"),
    path("people/<uuid:pk>/", views.people, name="people"),
    path("people/<uuid:pk>/<uuid:person>/<slug:role>/take/", views.take_role, name="take_role"),
]
