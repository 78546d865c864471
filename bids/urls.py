"""Addresses of bids: the bidder's own, the authority's reading, what all bidders are told."""

from django.urls import path

from bids.views import (
    alternatives,
    answering,
    checking,
    desk,
    drafting,
    export,
    hours,
    offline,
    practice,
    reading,
    sending,
    telling,
)

app_name = "bids"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("check-a-receipt/", checking.check_receipt, name="check_receipt"),
    path("start/<uuid:pk>/", desk.start, name="start"),
    path("of/<uuid:pk>/", reading.of_tender, name="of_tender"),
    path("of/<uuid:pk>/open/", reading.open, name="open"),
    path("of/<uuid:pk>/open/chair/", reading.open_as_chair, name="open_as_chair"),
    path("of/<uuid:pk>/export/<str:kind>/", export.export, name="export"),
    path("of/<uuid:pk>/cancel/", telling.cancel, name="cancel"),
    path("of/<uuid:pk>/asked/<uuid:question>/", telling.answer_question, name="answer_question"),
    path("of/<uuid:pk>/asked/<uuid:question>/add/", telling.add_to_answer, name="add_to_answer"),
    path(
        "of/<uuid:pk>/later-deadline/<uuid:extension>/",
        telling.decide_extension,
        name="decide_extension",
    ),
    path("attachments/<uuid:pk>/", reading.attachment, name="attachment"),
    path("attachments/<uuid:pk>/remove/", drafting.remove_attachment, name="remove_attachment"),
    path("<uuid:pk>/", desk.bid, name="bid"),
    path("<uuid:pk>/bases/", drafting.bases, name="bases"),
    path("<uuid:pk>/price/", drafting.price, name="price"),
    path("<uuid:pk>/hours/", hours.hours, name="hours"),
    path("<uuid:pk>/answers/<uuid:criterion>/", answering.answer, name="answer"),
    path("<uuid:pk>/answers/<uuid:criterion>/attach/", answering.attach, name="attach"),
    path("<uuid:pk>/answers/<uuid:criterion>/autosave/", answering.autosave, name="autosave"),
    path("<uuid:pk>/answers/<uuid:criterion>/reach/", answering.reach, name="reach"),
    path(
        "<uuid:pk>/answers/<uuid:criterion>/alternative/",
        alternatives.alternative,
        name="alternative",
    ),
    path(
        "<uuid:pk>/answers/<uuid:criterion>/alternative/take-out/",
        alternatives.take_out,
        name="take_out_alternative",
    ),
    path("<uuid:pk>/practice/", practice.practice, name="practice"),
    path("<uuid:pk>/offline/", offline.offline, name="offline"),
    path("<uuid:pk>/offline/file/", offline.offline_file, name="offline_file"),
    path("<uuid:pk>/offline/apply/", offline.apply_offline, name="apply_offline"),
    path("<uuid:pk>/submit/", sending.submit, name="submit"),
    path("<uuid:pk>/withdraw/", sending.withdraw, name="withdraw"),
    path("<uuid:pk>/receipt/", sending.receipt, name="receipt"),
    path("received/<uuid:pk>/", checking.canonical, name="canonical"),
    path("<uuid:pk>/read/", reading.view, name="view"),
]
