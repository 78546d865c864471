from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for what is sealed, beside what is still in the clear."""

    dependencies = [
        ("bids", "0005_opportunities"),
        ("records", "0003_what_the_scanner_says"),
    ]

    operations = [
        migrations.AddField("bid", "key_for_firm", models.BinaryField(null=True)),
        migrations.AddField("bid", "key_for_opening", models.BinaryField(null=True)),
        migrations.AddField("bid", "sealed_bases", models.BinaryField(null=True)),
        migrations.AddField("bid", "sealed_price", models.BinaryField(null=True)),
        migrations.AddField("answer", "sealed", models.BinaryField(null=True)),
        migrations.AddField("attachment", "sealed_facts", models.BinaryField(null=True)),
        migrations.AddField("submission", "sealed", models.BinaryField(null=True)),
        migrations.AddField("submission", "sealed_hash", models.CharField(max_length=64, default="")),
        migrations.AddField("submission", "file_hashes", models.JSONField(default=list)),
        migrations.AlterField("submission", "document", models.JSONField(null=True)),
        migrations.AlterField(
            "submission", "price", models.DecimalField(max_digits=14, decimal_places=2, null=True)
        ),
    ]
