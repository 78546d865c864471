"""Seals every bid that was written before bids were sealed, its files too."""

import uuid
from functools import partial

from django.core.files.base import ContentFile
from django.db import migrations, transaction

from bids.documents import canonical, sha256, spelt
from bids.keyring import Purpose, keyring
from bids.sealing import About, new_data_key, seal


def seal_all(apps, schema_editor):
    Bid = apps.get_model("bids", "Bid")
    for bid in Bid.objects.select_related("tender").iterator():
        key = new_data_key()
        seal_draft(apps, bid, key)
        for version in apps.get_model("bids", "Submission").objects.filter(bid=bid):
            seal_version(bid, version, key)


def place(bid, part, version=0):
    return About(tender=bid.tender_id, bid=bid.pk, part=part, version=version)


def seal_draft(apps, bid, key):
    firm, opening = f"supplier:{bid.supplier_id}", f"tender:{bid.tender_id}"
    bid.key_for_firm = keyring().wrap(key, purpose=Purpose.FIRM, context=f"{firm}/bid:{bid.pk}")
    bid.key_for_opening = keyring().wrap(
        key, purpose=Purpose.OPENING, context=f"{opening}/bid:{bid.pk}"
    )
    if bid.bases:
        bid.sealed_bases = seal(key, spelt(bid.bases), place(bid, "bases"))
    price = apps.get_model("bids", "BidPrice").objects.filter(bid=bid).first()
    if price:
        bid.sealed_price = seal(key, f"{price.amount:.2f}".encode(), place(bid, "price"))
    bid.save()
    for answer in apps.get_model("bids", "Answer").objects.filter(bid=bid):
        seal_answer(bid, answer, key)
        for attachment in apps.get_model("bids", "Attachment").objects.filter(answer=answer):
            seal_file(bid, attachment, key)


def seal_answer(bid, answer, key):
    said = {
        "text": answer.text,
        "quantities": answer.quantities,
        "track_record": answer.track_record,
        "alternative": {},
    }
    about = place(bid, f"answer:{answer.criterion_id}", answer.edits)
    answer.sealed = seal(key, spelt(said), about)
    answer.save()


def seal_file(bid, attachment, key):
    stored = attachment.file
    facts = {name: getattr(stored, name) for name in ("name", "content_type", "size", "sha256")}
    about = place(bid, f"facts:{attachment.pk}")
    attachment.sealed_facts = seal(key, spelt(facts), about)
    attachment.save()
    storage, in_the_clear = stored.file.storage, stored.file.name
    with stored.file.open("rb") as kept:
        content = seal(key, kept.read(), place(bid, f"file:{attachment.pk}"))
    stored.file.save(uuid.uuid4().hex, ContentFile(content), save=False)
    stored.name, stored.content_type = "sealed", "application/octet-stream"
    stored.size, stored.sha256 = len(content), sha256(content)
    stored.save()
    transaction.on_commit(partial(storage.delete, in_the_clear))


def seal_version(bid, version, key):
    content = canonical(
        bid=bid.pk,
        version=version.version,
        document=version.document,
        price=version.price,
        tender_hash=version.tender_hash,
    )
    version.sealed = seal(key, content, place(bid, "version", version.version))
    version.sealed_hash = sha256(version.sealed)
    files = [file["sha256"] for line in version.document["answers"] for file in line["files"]]
    version.file_hashes = sorted(files)
    is_open = bid.tender.opened_at and bid.tender.stage != "cancelled"
    if not is_open or bid.withdrawn_at or version.version != bid.versions:
        version.document = version.price = None
    version.save()


class Migration(migrations.Migration):
    dependencies = [("bids", "0006_sealed_columns")]

    operations = [migrations.RunPython(seal_all)]
