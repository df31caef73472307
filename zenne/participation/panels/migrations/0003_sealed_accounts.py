"""Account numbers that stood in clear are sealed, and the column that held them goes."""

from django.db import migrations, models

from zenne.core import sealing


def seal(apps, schema_editor):
    seats = apps.get_model("panels", "Seat").objects.using(schema_editor.connection.alias)
    for seat in seats.exclude(account="").order_by("pk").iterator():
        seat.sealed_account = sealing.seal(seat.account.ljust(34), purpose="panels.account", about=str(seat.pk))
        seat.account = ""
        seat.save(update_fields=["sealed_account", "account"])


def back(apps, schema_editor):
    seats = apps.get_model("panels", "Seat").objects.using(schema_editor.connection.alias)
    for seat in seats.exclude(sealed_account=None).order_by("pk").iterator():
        words = sealing.opened(bytes(seat.sealed_account), purpose="panels.account", about=str(seat.pk))
        seat.account = words.rstrip()
        seat.save(update_fields=["account"])


class Migration(migrations.Migration):
    dependencies = [("panels", "0002_room")]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="sealed_account",
            field=models.BinaryField(max_length=120, null=True, verbose_name="bank account (IBAN), sealed"),
        ),
        migrations.RunPython(seal, back),
        migrations.RemoveField(model_name="seat", name="account"),
    ]
