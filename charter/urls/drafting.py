from django.urls import path

from charter.views import drafting, drafting_principles, drafting_rules

EDIT = "<uuid:pk>/edit/"
QUADRANT = f"{EDIT}quadrants/<slug:quadrant>/"
PRINCIPLE = f"{EDIT}principles/<uuid:principle>/"
RULE = f"{EDIT}rules/<str:rule>/"
CLAUSE = f"{EDIT}clauses/<str:clause>/"

urlpatterns = [
    path(EDIT, drafting.edit, name="edit"),
    path(f"{EDIT}words/", drafting.edit_words, name="edit_words"),
    path(f"{EDIT}add-quadrant/", drafting.add_quadrant, name="add_quadrant"),
    path(QUADRANT, drafting.edit_quadrant, name="edit_quadrant"),
    path(f"{QUADRANT}move/<slug:way>/", drafting.move_quadrant, name="move_quadrant"),
    path(f"{QUADRANT}remove/", drafting.remove_quadrant, name="remove_quadrant"),
    path(f"{QUADRANT}add-principle/", drafting_principles.add_principle, name="add_principle"),
    path(PRINCIPLE, drafting_principles.edit_principle, name="edit_principle"),
    path(f"{PRINCIPLE}move/<slug:way>/", drafting_principles.move_principle, name="move_principle"),
    path(f"{PRINCIPLE}remove/", drafting_principles.remove_principle, name="remove_principle"),
    path(f"{PRINCIPLE}serves/", drafting_principles.serves, name="serves"),
    path(
        f"{PRINCIPLE}serves/<slug:framework>/",
        drafting_principles.edit_mapping,
        name="edit_mapping",
    ),
    path(f"{EDIT}add-rule/", drafting_rules.add_rule, name="add_rule"),
    path(RULE, drafting_rules.edit_rule, name="edit_rule"),
    path(f"{RULE}remove/", drafting_rules.remove_rule, name="remove_rule"),
    path(f"{EDIT}add-clause/", drafting_rules.choose_kind, name="choose_kind"),
    path(f"{EDIT}add-clause/<slug:kind>/", drafting_rules.add_clause, name="add_clause"),
    path(CLAUSE, drafting_rules.edit_clause, name="edit_clause"),
    path(f"{CLAUSE}kind/", drafting_rules.choose_kind, name="choose_kind_of"),
    path(f"{CLAUSE}kind/<slug:kind>/", drafting_rules.edit_clause, name="edit_clause_as"),
    path(f"{CLAUSE}remove/", drafting_rules.remove_clause, name="remove_clause"),
]
