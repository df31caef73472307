"""PostgreSQL keeps what a dropped column held until its rows are written anew: they are, so that no file of the database holds a number in clear."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # VACUUM is not for transactions
    dependencies = [("panels", "0003_sealed_accounts")]

    operations = [migrations.RunSQL("vacuum full panels_seat", migrations.RunSQL.noop)]
