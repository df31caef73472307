import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial"), ("wagtailcore", "0094_alter_page_locale")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="collection",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="organisation",
                to="wagtailcore.collection",
            ),
        )
    ]
