from django.db import migrations

# Who leaves takes their contributions along, and these no longer say of which vote they were when they are looked at.
LEAVE = """
create constraint trigger voting_hold_money after delete on voting_contributor
    deferrable initially deferred for each row execute function voting_hold_money();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('voting', '0006_behind_the_rules'),
    ]

    operations = [migrations.RunSQL(LEAVE, "drop trigger voting_hold_money on voting_contributor")]
