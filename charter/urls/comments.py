from django.urls import path

from charter.views import comments

urlpatterns = [
    path("<uuid:pk>/comments/", comments.comment_list, name="comments"),
    path("<uuid:pk>/comments/add/", comments.add, name="add_comment"),
    path("<uuid:pk>/comments/invite/", comments.invite, name="invite"),
    path("comments/<uuid:pk>/answer/", comments.answer, name="answer_comment"),
    path("invited/<str:token>/", comments.invited, name="invited"),
]
