from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("people/", views.people_desk, name="people_desk"),
    path("people/<uuid:pk>/", views.people, name="people"),
    path("people/<uuid:pk>/<uuid:person>/<slug:role>/take/", views.take_role, name="take_role"),
    path("company/", views.profile, name="company"),
    path("company/profile/figures/", views.figures, name="company_figures"),
    path("company/profile/confirm/", views.confirm, name="company_confirm"),
    path("company/profile/<slug:part>/", views.edit_part, name="company_part"),
    path("company/colleagues/", views.colleagues, name="colleagues"),
    path(
        "company/colleagues/<uuid:person>/remove/", views.remove_colleague, name="remove_colleague"
    ),
    path(
        "company/invitations/<uuid:pk>/withdraw/",
        views.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("company/join/<str:token>/", views.invited, name="invited"),
]
