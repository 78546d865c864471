"""The first page of evaluators, chairs and approvers."""

from django.shortcuts import render

from evaluations.presenters.desk import conflicted_tenders, tasks_of
from records.clock import database_time


def desk(request):
    """What each tender waits for from this person, the most urgent first."""
    context = {
        "tasks": tasks_of(request.user, database_time()),
        "conflicted": conflicted_tenders(request.user),
    }
    return render(request, "evaluations/desk.html", context)
