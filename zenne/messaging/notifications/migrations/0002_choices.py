"""How often instead of yes or no: every silence becomes the choice "never", and what was due to be mailed gets its letter in the outbox."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FREQUENCIES = [
    ("immediate", "at once"),
    ("daily", "once a day, at 8 in the morning"),
    ("weekly", "once a week, on Monday at 8"),
    ("never", "never by e-mail"),
]


def keep_what_people_chose(apps, schema_editor):
    Silence = apps.get_model("notifications", "Silence")
    Preference = apps.get_model("notifications", "Preference")
    Notification = apps.get_model("notifications", "Notification")
    Letter = apps.get_model("outbox", "Letter")
    Preference.objects.bulk_create(
        (Preference(person_id=row.person_id, kind=row.kind, frequency="never") for row in Silence.objects.order_by("id").iterator()),
        batch_size=1000,
    )
    waiting = Notification.objects.filter(mail_due=True, mailed_at__isnull=True)
    Notification.objects.exclude(pk__in=waiting.values("pk")).update(mail="never")
    Letter.objects.bulk_create(
        (
            Letter(
                person_id=row.person_id,
                source="notifications.at-once",
                key=f"at-once:{row.key}",
                urgent=True,
                created_at=row.created_at,
                due_at=row.created_at,
            )
            for row in waiting.order_by("id").iterator()
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )
    # foreign keys are checked at the end; the indexes that Django makes last cannot be made while these checks wait
    schema_editor.execute("set constraints all immediate")


class Migration(migrations.Migration):

    dependencies = [
        ("notifications", "0001_initial"),
        ("outbox", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("scope", models.CharField(blank=True, max_length=60)),
                ("frequency", models.CharField(choices=FREQUENCIES, max_length=10)),
                ("in_app", models.BooleanField(default=True)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="preferences", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddConstraint(
            "preference", models.UniqueConstraint(fields=("person", "kind", "scope"), name="preference_once")
        ),
        migrations.AddConstraint(
            "preference",
            models.CheckConstraint(
                condition=models.Q(models.Q(("kind", ""), models.Q(("scope", ""), _negated=True)), models.Q(models.Q(("kind", ""), _negated=True), ("scope", "")), _connector="OR"),
                name="preference_of_one_thing",
            ),
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="mail_pause", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("frequency", models.CharField(choices=FREQUENCIES[1:3], max_length=10)),
                ("due_at", models.DateTimeField()),
                ("complete_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"ordering": ["-due_at", "-id"]},
        ),
        migrations.AddConstraint("round", models.UniqueConstraint(fields=("frequency", "due_at"), name="round_once")),
        migrations.AddField("notification", "scope", models.CharField(blank=True, max_length=60)),
        migrations.AddField("notification", "in_app", models.BooleanField(default=True)),
        migrations.AddField(
            "notification", "mail", models.CharField(choices=FREQUENCIES, default="immediate", max_length=10)
        ),
        migrations.AddField(
            "notification",
            "letter",
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="notifications", to="outbox.letter"),
        ),
        migrations.RunSQL(
            "alter table notifications_notification alter column excerpt type jsonb using to_jsonb(excerpt)",
            "alter table notifications_notification alter column excerpt type text using excerpt #>> '{}'",
            state_operations=[
                migrations.AlterField("notification", "excerpt", models.JSONField(blank=True, default=str))
            ],
        ),
        migrations.RunPython(keep_what_people_chose, migrations.RunPython.noop),
    ]
