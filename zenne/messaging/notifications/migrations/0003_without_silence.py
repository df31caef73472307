"""What the choices replace, in a step of its own: PostgreSQL changes no table whose rows were just written in the same transaction."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("notifications", "0002_choices")]

    operations = [
        migrations.RemoveIndex("notification", "notification_to_mail"),
        migrations.RemoveField("notification", "mail_due"),
        migrations.RemoveField("notification", "mailed_at"),
        migrations.DeleteModel("Silence"),
        migrations.AddIndex(
            "notification",
            models.Index(
                condition=models.Q(("letter__isnull", True), ("read_at__isnull", True), models.Q(("mail", "never"), _negated=True)),
                fields=["person", "mail"],
                name="notification_to_mail",
            ),
        ),
    ]
