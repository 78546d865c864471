"""Name the deadline that an extension replaces as a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("tenders", "0010_further_answers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="extension",
            name="a_deadline_only_moves_later",
        ),
        migrations.RenameField(
            model_name="extension",
            old_name="closed_at_before",
            new_name="former_closes_at",
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("former_closes_at"))),
                name="a_deadline_only_moves_later",
            ),
        ),
    ]
