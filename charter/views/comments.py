"""Comments on a draft: colleagues write them down, invited groups send them, each is answered."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import allows, check_role
from accounts.roles import Permission
from charter import actions
from charter.forms.comments import AnswerForm, ColleagueCommentForm, CommentForm, InvitationForm
from charter.invitations import address_of, token_of
from charter.models import Comment, Invitation
from charter.permissions import charter_for, comment_for, draft_for
from charter.states import CharterStatus
from charter.views.common import framed
from charter.views.links import by_invitation
from design.entered import entered
from design.london import LONDON, instant
from records.clock import database_time

PER_PAGE = 50
USUAL_SPAN = timedelta(weeks=4)


@require_safe
def comment_list(request, pk):
    """What was said of a version while it was a draft, and what was answered."""
    charter = charter_for(Permission.CHARTER_COMMENT, request.user, pk)
    comments = Comment.objects.visible_to(request.user).filter(charter=charter)
    ordered = comments.order_by(F("answered_at").asc(nulls_first=True), "made_at")
    pages = Paginator(ordered.select_related("made_by", "answered_by"), PER_PAGE)
    may_edit = allows(check_role, request.user, Permission.CHARTER_EDIT, within=charter.authority)
    invitations = Invitation.objects.visible_to(request.user).filter(charter=charter)
    context = {
        **framed(charter),
        "page": pages.get_page(request.GET.get("page")),
        "unanswered": comments.unanswered().count(),
        "invitations": invitations.annotate(sent=Count("comments")),
        "is_editor": may_edit,
        "may_answer": may_edit and charter.status == CharterStatus.DRAFT,
        "now": database_time(),
    }
    return render(request, "charter/comments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, pk):
    """Write down a comment, for a group or for oneself."""
    charter = draft_for(Permission.CHARTER_COMMENT, request.user, pk)
    quadrants = charter.quadrants.prefetch_related("principles")
    form = ColleagueCommentForm(entered(request), quadrants=quadrants)
    if form.is_valid() and form.carries_out(
        actions.add_comment, charter=charter, by=request.user, at=database_time()
    ):
        messages.success(request, "The comment is kept.")
        return redirect("charter:comments", pk)
    return render(request, "charter/comments/add.html", {**framed(charter), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """Answer a comment."""
    comment = comment_for(request.user, pk)
    form = AnswerForm(entered(request))
    if form.is_valid() and form.carries_out(
        actions.answer_comment, comment=comment, by=request.user, at=database_time()
    ):
        messages.success(request, "The answer is kept.")
        return redirect("charter:comments", comment.charter_id)
    context = {**framed(comment.charter), "comment": comment, "form": form}
    return render(request, "charter/comments/answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, pk):
    """Ask a stakeholder group by e-mail."""
    charter = draft_for(Permission.CHARTER_EDIT, request.user, pk)
    now = database_time()
    last_day = (now + USUAL_SPAN).astimezone(LONDON).date()
    usual = instant(datetime.combine(last_day, time(17)))
    form = InvitationForm(entered(request), initial={"answer_until": usual})
    if form.is_valid() and form.carries_out(
        actions.invite_group, charter=charter, by=request.user, at=now
    ):
        messages.success(request, f"{form.result} was sent its link by e-mail.")
        return redirect("charter:comments", pk)
    return render(request, "charter/comments/invite.html", {**framed(charter), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@by_invitation
def invited(request, invitation, now):
    """The draft as an invited group reads it, its own comments, and a form for another."""
    charter = invitation.charter
    quadrants = charter.quadrants.prefetch_related("principles")
    form = CommentForm(entered(request), quadrants=quadrants)
    if form.is_valid() and form.carries_out(actions.comment_by_link, invitation=invitation, at=now):
        messages.success(request, "Your comment is kept. It stands below, with its answer to come.")
        return redirect(address_of(invitation))
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "invitation": invitation,
        "token": token_of(invitation),
        "quadrants": quadrants,
        "comments": invitation.comments.order_by("-made_at"),
        "form": form,
    }
    return render(request, "charter/comments/invited.html", context)
