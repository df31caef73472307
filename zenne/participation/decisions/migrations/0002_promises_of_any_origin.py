import django.db.models.deletion
import modeltrans.fields
from django.db import migrations, models

# in whichever language: what answers no idea has a title of its own
NAMED = """
alter table decisions_commitment add constraint commitment_is_named check (
    idea_id is not null
    or title <> ''
    or jsonb_path_exists(coalesce(i18n, '{}'), '$.keyvalue() ? (@.key starts with "title" && @.value != "" && @.value != null)')
);
"""
UNNAMED = "alter table decisions_commitment drop constraint commitment_is_named;"
PROCESS = """
update decisions_commitment as promise set process_id = decision.process_id
    from decisions_decision as decision where decision.id = promise.decision_id;
set constraints all immediate;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0001_initial'),
        ('ideas', '0006_cases_of_before'),
        ('processes', '0002_alter_permission_action'),
    ]

    operations = [
        migrations.AddField(
            model_name='commitment',
            name='process',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='processes.process', verbose_name='process'),
        ),
        migrations.RunSQL(PROCESS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='commitment',
            name='process',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='processes.process', verbose_name='process'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='decision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='decisions.decision'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='idea',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='ideas.idea'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='title',
            field=models.CharField(blank=True, max_length=120, verbose_name='title'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='i18n',
            field=modeltrans.fields.TranslationField(fields=('title', 'reason'), required_languages=(), virtual_fields=True),
        ),
        migrations.AlterModelOptions(
            name='commitment',
            options={'ordering': ['process_id', '-id'], 'verbose_name': 'commitment', 'verbose_name_plural': 'commitments'},
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__isnull', True), ('idea__isnull', True)), models.Q(('decision__isnull', False), ('idea__isnull', False)), _connector='OR'), name='commitment_has_one_origin'),
        ),
        migrations.RunSQL(NAMED, UNNAMED),
    ]
