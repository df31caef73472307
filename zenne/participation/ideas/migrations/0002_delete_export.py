from django.core.files.storage import storages
from django.db import migrations


def delete_files(apps, schema_editor):
    """The files were kept for a week at most; whoever still needs one asks for it again, from zenne.opendata.exports."""
    names = apps.get_model("ideas", "Export").objects.exclude(file="").values_list("file", flat=True)
    for name in names:
        storages["uploads"].delete(name)


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(delete_files, migrations.RunPython.noop),
        migrations.DeleteModel(
            name='Export',
        ),
    ]
