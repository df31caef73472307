from django.db import migrations

# PostgreSQL keeps samples of a column's values to plan by (pg_statistic), also of rows that are long gone: the live box gives it none. Saying a
# column's type again drops the samples that were taken before.
COLUMNS = {
    "voting_votekey": {"secret": "bytea"},  # pragma: allowlist secret - the name of a column
    "voting_voter": {"id": "uuid", "mark": "varchar(64)"},
    "voting_ballot": {
        "id": "uuid",
        "mark": "varchar(64)",
        "content": "jsonb",
        "nonce": "varchar(32)",
        "leaf": "varchar(64)",
    },
    "voting_replaced": {"leaf": "varchar(64)"},
    "voting_counterpass": {"code": "varchar(64)", "marks": "jsonb", "expires_at": "timestamptz"},
}


def steps(each):
    return [
        f"alter table {table} {', '.join(each(name, kind) for name, kind in columns.items())}"
        for table, columns in COLUMNS.items()
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('voting', '0007_contributors_who_leave'),
    ]

    operations = [
        migrations.RunSQL(
            steps(lambda name, kind: f"alter {name} type {kind}, alter {name} set statistics 0"),
            steps(lambda name, kind: f"alter {name} set statistics -1"),
        )
    ]
