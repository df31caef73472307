import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial"), migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("wagtailcore", "0094_alter_page_locale")]

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
        ),
        *(
            migrations.AlterField(
                model_name=model,
                name="organisation",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name=related,
                    to="organisations.organisation",
                    verbose_name="organisation",
                ),
            )
            for model, related in (("membership", "memberships"), ("invitation", "invitations"))
        ),
        migrations.AlterField(
            model_name="membership",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
    ]
