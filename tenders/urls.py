"""Addresses of tenders. `pk` is the tender's, except where a draft begins from a charter."""

from django.urls import path

from tenders.views import design, groundwork, life, opt_outs, policy, public, questions, work

app_name = "tenders"
urlpatterns = [
    path("", public.public_list, name="public_list"),
    path("desk/", work.desk, name="desk"),
    path("new/", work.choose_charter, name="choose_charter"),
    path("new/<uuid:pk>/", work.create, name="create"),
    path("early/", groundwork.record_list, name="groundwork_list"),
    path("early/new/<uuid:authority>/", groundwork.begin, name="groundwork_begin"),
    path("early/<uuid:pk>/", groundwork.record, name="groundwork"),
    path("early/<uuid:pk>/edit/<slug:part>/", groundwork.edit, name="groundwork_edit"),
    path("early/<uuid:pk>/asked/", groundwork.add_consultation, name="consultation_add"),
    path(
        "early/<uuid:pk>/asked/<uuid:consultation>/",
        groundwork.edit_consultation,
        name="consultation_edit",
    ),
    path(
        "early/<uuid:pk>/asked/<uuid:consultation>/remove/",
        groundwork.remove_consultation,
        name="consultation_remove",
    ),
    path("early/<uuid:pk>/files/", groundwork.attach, name="groundwork_attach"),
    path("early/<uuid:pk>/files/<uuid:file>/", groundwork.download, name="groundwork_file"),
    path(
        "early/<uuid:pk>/files/<uuid:file>/remove/",
        groundwork.remove_file,
        name="groundwork_remove_file",
    ),
    path("early/<uuid:pk>/use/", groundwork.use, name="groundwork_use"),
    path("early/<uuid:pk>/take-out/", groundwork.take_out, name="groundwork_take_out"),
    path("<uuid:pk>/", public.public, name="public"),
    path("<uuid:pk>/work/", work.internal, name="internal"),
    path("<uuid:pk>/check/", work.check, name="check"),
    path("<uuid:pk>/basics/", design.edit_basics, name="edit_basics"),
    path("<uuid:pk>/policy/", policy.policy, name="policy"),
    path("<uuid:pk>/policy/<str:one>/<str:other>/", policy.choose_rule, name="choose_rule"),
    path("<uuid:pk>/opt-out/", opt_outs.request_opt_out, name="request_opt_out"),
    path("<uuid:pk>/waive/<str:clause>/", opt_outs.request_waiver, name="request_waiver"),
    path("<uuid:pk>/opt-out/<uuid:opt_out>/", opt_outs.decide_opt_out, name="decide_opt_out"),
    path(
        "<uuid:pk>/opt-out/<uuid:opt_out>/withdraw/",
        opt_outs.withdraw_opt_out,
        name="withdraw_opt_out",
    ),
    path(
        "<uuid:pk>/opt-out/<uuid:opt_out>/files/<uuid:file>/",
        opt_outs.opt_out_file,
        name="opt_out_file",
    ),
    path("<uuid:pk>/timetable/", design.edit_timetable, name="edit_timetable"),
    path("<uuid:pk>/weights/", design.edit_weights, name="edit_weights"),
    path("<uuid:pk>/weights/effect/", design.weights_effect, name="weights_effect"),
    path("<uuid:pk>/scale/", design.edit_scale, name="edit_scale"),
    path("<uuid:pk>/questions/", questions.questions, name="questions"),
    path("<uuid:pk>/questions/new/", questions.add_question, name="add_question"),
    path("<uuid:pk>/metrics/", questions.metrics, name="metrics"),
    path("<uuid:pk>/metrics/<uuid:metric>/", questions.add_metric, name="add_metric"),
    path("<uuid:pk>/criteria/<uuid:criterion>/", questions.edit_criterion, name="edit_criterion"),
    path(
        "<uuid:pk>/criteria/<uuid:criterion>/remove/",
        questions.remove_criterion,
        name="remove_criterion",
    ),
    path("<uuid:pk>/share/<slug:group>/", questions.share_weights, name="share_weights"),
    path("<uuid:pk>/team/", life.team, name="team"),
    path("<uuid:pk>/team/<uuid:person>/<slug:role>/remove/", life.unassign, name="unassign"),
    path("<uuid:pk>/publish/", life.publish, name="publish"),
    path("<uuid:pk>/cancel/", life.cancel, name="cancel"),
]
