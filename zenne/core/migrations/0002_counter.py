"""Where limits against abuse are counted (`core.counting`)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_text")]
    operations = [
        # room in each page, so that counting the same again stays on it and touches no index
        migrations.RunSQL(
            """create unlogged table core_counter (
                key text primary key,
                number integer not null,
                until timestamptz not null
            ) with (fillfactor = 50)""",
            "drop table core_counter",
        ),
    ]
