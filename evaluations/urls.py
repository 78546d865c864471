"""Addresses of the judgement. `pk` is the tender's."""

from django.urls import path

from evaluations.views import (
    awards,
    consequences,
    desk,
    interests,
    marking,
    moderation,
    participation,
    programme,
    results,
)

app_name = "evaluations"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<uuid:pk>/before/price/", consequences.point_price, name="point_price"),
    path("<uuid:pk>/before/price/part/", consequences.point_price_part, name="point_price_part"),
    path("<uuid:pk>/before/participation/", participation.participation, name="participation"),
    path("<uuid:pk>/before/participation/firms/", participation.firms, name="firms"),
    path("<uuid:pk>/before/dry-run/", consequences.trial, name="trial"),
    path("<uuid:pk>/before/burden/", consequences.burden, name="burden"),
    path("<uuid:pk>/interests/declare/", interests.declare, name="declare"),
    path("<uuid:pk>/interests/", interests.register, name="register"),
    path("<uuid:pk>/marking/", marking.marking, name="marking"),
    path("<uuid:pk>/marking/hand-in/", marking.submit_marks, name="submit_marks"),
    path("<uuid:pk>/marking/<uuid:bid>/<uuid:criterion>/", marking.mark, name="mark"),
    path("<uuid:pk>/progress/", moderation.progress, name="progress"),
    path("<uuid:pk>/moderation/", moderation.moderation, name="moderation"),
    path("<uuid:pk>/moderation/open/", moderation.open_moderation, name="open_moderation"),
    path("<uuid:pk>/moderation/lock/", moderation.lock, name="lock"),
    path("<uuid:pk>/moderation/reopen/", moderation.reopen, name="reopen"),
    path("<uuid:pk>/moderation/<uuid:bid>/<uuid:criterion>/", moderation.agree, name="agree"),
    path("<uuid:pk>/ranking/", results.ranking, name="ranking"),
    path("<uuid:pk>/ranking/<uuid:bid>/<slug:code>/", results.line, name="line"),
    path("<uuid:pk>/award/", awards.award, name="award"),
    path("<uuid:pk>/award/recommend/", awards.recommend, name="recommend"),
    path("<uuid:pk>/award/return/", awards.return_recommendation, name="return_recommendation"),
    path("<uuid:pk>/programme/", programme.programme, name="programme"),
    path("<uuid:pk>/programme/recommend/", programme.recommend, name="recommend_programme"),
    path("<uuid:pk>/programme/return/", programme.return_programme, name="return_programme"),
]
