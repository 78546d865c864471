"""Charters kept before packs had names: each came from the shipped files of its own code."""

from django.db import migrations
from django.db.models import F


def name_the_pack(apps, schema_editor):
    charters = apps.get_model("charter", "Charter").objects
    charters.filter(pack="", begun_at=None).update(pack=F("code"), pack_version=F("version"))


class Migration(migrations.Migration):
    dependencies = [("charter", "0003_policy_packs")]

    operations = [migrations.RunPython(name_the_pack, migrations.RunPython.noop, elidable=True)]
