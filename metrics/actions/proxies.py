"""Licensed proxy values: loaded whole by an authority that may use them, and withdrawn."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.access import Conflict, check_role
from accounts.models import Organisation, User
from accounts.roles import Permission
from charter.actions.versions import lock_authority
from charter.refusals import Unfit
from metrics.models import ProxySet, ProxyValue
from metrics.sheets.proxy_values import MOST_ROWS, SHEET, read_values
from metrics.sheets.rows import read_table
from records import audit, files

LOAD = Permission.CATALOGUE_IMPORT


@transaction.atomic
def load_proxies(
    *,
    authority: Organisation,
    title: str,
    edition: str,
    publisher: str,
    licence: str,
    source: str,
    geography: str,
    upload: UploadedFile,
    by: User,
    at: datetime,
) -> ProxySet:
    """Keep one edition of somebody's values, as this authority is licensed to use them.

    Raises `Unreadable` or `Unsound`, and then keeps nothing.
    """
    values = read_values(read_table(upload, sheet=SHEET, most_rows=MOST_ROWS))
    # Lock the authority: two loads of one edition at once would both find none.
    lock_authority(authority)
    check_role(by, LOAD, within=authority)
    standing = ProxySet.objects.filter(authority=authority, withdrawn_at=None)
    if standing.filter(title__iexact=title, edition__iexact=edition).exists():
        raise Unfit(
            "edition",
            f"The edition {edition} of {title} is loaded already. Withdraw that one first, or "
            "enter another edition.",
        )
    kept = ProxySet.objects.create(
        authority=authority,
        title=title,
        edition=edition,
        publisher=publisher,
        licence=licence,
        source=source,
        geography=geography,
        file_name=upload.name[-200:],
        sha256=files.digest_of(upload),
        loaded_by=by,
        loaded_at=at,
    )
    ProxyValue.objects.bulk_create(
        [
            ProxyValue(
                within=kept,
                position=position,
                reference=one.reference,
                title=one.title,
                unit=one.unit,
                amount=one.amount,
                note=one.note,
            )
            for position, one in enumerate(values, start=1)
        ]
    )
    audit.record(
        verb="proxies.loaded",
        by=by,
        target=kept,
        at=at,
        title=title,
        edition=edition,
        licence=licence,
        values=len(values),
        sha256=kept.sha256,
    )
    return kept


@transaction.atomic
def withdraw_proxies(*, proxies: ProxySet, by: User, at: datetime) -> ProxySet:
    """Use a set no longer; the record of it stays."""
    proxies = ProxySet.objects.select_for_update(of=("self",)).get(pk=proxies.pk)
    check_role(by, LOAD, within=proxies.authority)
    if proxies.withdrawn_at:
        raise Conflict("This set is withdrawn already. Nothing more needs doing.")
    proxies.withdrawn_at = at
    proxies.save(update_fields=["withdrawn_at"])
    audit.record(verb="proxies.withdrawn", by=by, target=proxies, at=at, set=str(proxies))
    return proxies
