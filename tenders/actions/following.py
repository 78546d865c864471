"""Being told of a tender: following it, and following it no longer."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from records import audit
from tenders.models import Follower, Tender
from tenders.permissions_while_out import check_can_follow


@transaction.atomic
def follow(*, tender: Tender, by: User, at: datetime) -> Follower:
    """Be e-mailed of answers, a later deadline and the end of a tender."""
    check_can_follow(by, tender)
    audit.record(verb="tender.followed", by=by, target=tender, at=at)
    return note_follower(tender=tender, person=by, at=at)


@transaction.atomic
def unfollow(*, tender: Tender, by: User, at: datetime) -> None:
    """Follow a tender no longer; whoever bids is told all the same."""
    check_can_follow(by, tender)
    tender.followers.filter(person=by).delete()
    audit.record(verb="tender.unfollowed", by=by, target=tender, at=at)


def note_follower(*, tender: Tender, person: User, at: datetime) -> Follower:
    """Whoever asks or begins a bid follows the tender; the action that does it records it."""
    follower, _ = Follower.objects.get_or_create(
        tender=tender, person=person, defaults={"since": at}
    )
    return follower
