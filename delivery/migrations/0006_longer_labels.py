"""Let a promise be called what its quantity is called, which may take 300 characters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0005_opportunities"),
    ]

    operations = [
        migrations.AlterField(
            model_name="promise",
            name="label",
            field=models.CharField(max_length=300),
        ),
    ]
