from django.urls import path

from charter.views import partners

urlpatterns = [
    path("<uuid:pk>/sign-up/", partners.sign_up, name="sign_up"),
    path("<uuid:pk>/signed/", partners.signed, name="signed"),
    path("<uuid:pk>/partners/", partners.partner_list, name="partners"),
    path("<uuid:pk>/partners/record/", partners.record, name="record_partner"),
    path("partners/<uuid:pk>/", partners.partner, name="partner"),
]
