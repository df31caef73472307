from itertools import islice

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from zenne.methods.likeness import sketch

BATCH = 2000


def fill(apps, _schema_editor):
    """Sketch what was written before."""
    traces = apps.get_model("moderation", "Trace").objects
    waiting = traces.order_by("pk").only("pk", "words").iterator(BATCH)
    while batch := list(islice(waiting, BATCH)):
        for trace in batch:
            trace.sketch = list(sketch(trace.words))
        traces.bulk_update(batch, ["sketch"])


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_cases")]

    operations = [
        migrations.AddField("trace", "sketch", ArrayField(models.IntegerField(), default=list)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("trace", "trace_letters"),
        migrations.AddIndex("trace", GinIndex(fields=["sketch"], name="trace_sketch")),
    ]
