from django.db import migrations

REWRITTEN = {
    "bids_bid": "bids_bid_pkey",
    "bids_answer": "bids_answer_pkey",
    "bids_submission": "bids_submission_pkey",
    "records_storedfile": "records_storedfile_pkey",
}


class Migration(migrations.Migration):
    """What was sealed or taken away goes from the database's own files too.

    A column that is dropped, and a row that was changed, stay on the disk until the table is
    written anew; CLUSTER does that, and unlike VACUUM FULL it may in a migration. ANALYZE puts
    new samples in place of those that the planner took from what was in the clear.
    """

    dependencies = [("bids", "0009_whether_a_draft_is_complete")]

    operations = [
        migrations.RunSQL(
            [f"CLUSTER {table} USING {index}", f"ANALYZE {table}"], migrations.RunSQL.noop
        )
        for table, index in REWRITTEN.items()
    ]
