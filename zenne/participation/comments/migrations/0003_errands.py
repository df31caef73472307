"""What waits as a task of the queue while a platform is brought up to date waits as an errand from now on (`core.errands`)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0002_reading"),
        ("core", "0003_errand"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(
            """
            with taken as (
                delete from procrastinate_jobs
                where task_name in ('moderation.examine', 'comments.tell') and status = 'todo'
                returning id, task_name, args
            )
            insert into core_errand (name, facts, tries) select task_name, args, 0 from taken order by id
            """,
            migrations.RunSQL.noop,
        ),
    ]
