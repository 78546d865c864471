"""The page that shows every component."""

from django.urls import path

from design import views

app_name = "design"

urlpatterns = [path("components/", views.components, name="components")]
