from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What was in the clear goes; what is sealed is required."""

    dependencies = [("bids", "0007_seal_what_is_there")]

    operations = [
        migrations.DeleteModel("BidPrice"),
        migrations.RemoveField("bid", "bases"),
        migrations.RemoveField("answer", "text"),
        migrations.RemoveField("answer", "quantities"),
        migrations.RemoveField("answer", "track_record"),
        migrations.AlterField("bid", "key_for_firm", models.BinaryField()),
        migrations.AlterField("bid", "key_for_opening", models.BinaryField()),
        migrations.AlterField("attachment", "sealed_facts", models.BinaryField()),
        migrations.AlterField("submission", "sealed", models.BinaryField()),
        migrations.AlterField("submission", "sealed_hash", models.CharField(max_length=64)),
        migrations.AddConstraint(
            "submission",
            models.CheckConstraint(
                condition=Q(document__isnull=True, price__isnull=True)
                | Q(document__isnull=False, price__isnull=False),
                name="a_bid_is_opened_whole",
            ),
        ),
    ]
