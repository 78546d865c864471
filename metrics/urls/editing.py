from django.urls import path

from metrics.views import editing

urlpatterns = [
    path("charters/<uuid:pk>/metrics/add/", editing.add, name="add"),
    path("metrics/<uuid:pk>/edit/", editing.edit, name="edit"),
    path("metrics/<uuid:pk>/edit/words/", editing.edit_words, name="edit_words"),
    path("metrics/<uuid:pk>/edit/kind/", editing.edit_shape, name="edit_shape"),
    path("metrics/<uuid:pk>/edit/target/", editing.edit_target, name="edit_target"),
    path("metrics/<uuid:pk>/edit/reach/", editing.edit_reach, name="edit_reach"),
    path("metrics/<uuid:pk>/edit/overlaps/", editing.edit_overlaps, name="edit_overlaps"),
    path("metrics/<uuid:pk>/edit/notes/add/", editing.add_flag, name="add_flag"),
    path(
        "metrics/<uuid:pk>/edit/notes/<slug:kind>/remove/",
        editing.remove_flag,
        name="remove_flag",
    ),
    path("metrics/<uuid:pk>/remove/", editing.remove, name="remove"),
]
