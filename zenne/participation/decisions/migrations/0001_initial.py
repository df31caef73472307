import django.db.models.deletion
import modeltrans.fields
from django.conf import settings
from django.db import migrations, models
from zenne.core.migrating import CreateModels

# in whichever language: the column holds one of them, the others stand beside it
WORDS = """
alter table decisions_commitment add constraint commitment_stopped_says_why check (
    state <> 'stopped'
    or reason <> ''
    or jsonb_path_exists(coalesce(i18n, '{}'), '$.keyvalue() ? (@.key starts with "reason" && @.value != "" && @.value != null)')
);
"""
NO_WORDS = "alter table decisions_commitment drop constraint commitment_stopped_says_why;"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ideas', '0005_newest_anywhere'),
        ('organisations', '0001_initial'),
        ('processes', '0002_alter_permission_action'),
        ('selections', '0001_initial'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bodies', to='organisations.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'body',
                'verbose_name_plural': 'bodies',
                'ordering': ['organisation_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(help_text='As in the minutes of the body.', max_length=80, verbose_name='reference')),
                ('decided_on', models.DateField(verbose_name='day of the decision')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('statement', models.TextField(blank=True, max_length=10000, verbose_name='public statement')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='begun')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'statement'), required_languages=(), virtual_fields=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='decisions.body', verbose_name='body')),
                ('file', models.ForeignKey(blank=True, help_text='The decision as it was signed, for everyone to read.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='file')),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='processes.process', verbose_name='process')),
                ('selection', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='selections.selection')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions_about', to='selections.selection', verbose_name='decides about')),
            ],
            options={
                'verbose_name': 'decision of an authority',
                'verbose_name_plural': 'decisions of authorities',
                'ordering': ['-decided_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reference', ''), _negated=True), name='decision_has_a_reference')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('under_way', 'Under way'), ('done', 'Done'), ('stopped', 'Stopped')], default='planned', max_length=10, verbose_name='state')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('changed_at', models.DateTimeField(verbose_name='last change')),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason',), required_languages=(), virtual_fields=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='ideas.idea')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='decisions.decision')),
            ],
            options={
                'verbose_name': 'commitment',
                'verbose_name_plural': 'commitments',
                'ordering': ['-decision_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'idea'), name='commitment_once_per_idea'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'under_way', 'done', 'stopped'])), name='commitment_state_exists')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('first_due_on', models.DateField(verbose_name='first promised for')),
                ('due_on', models.DateField(verbose_name='day it is due')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title',), required_languages=(), virtual_fields=True)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='decisions.commitment')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
                'ordering': ['commitment_id', 'due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted', models.BooleanField(blank=True, null=True, verbose_name='accepted')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason',), required_languages=(), virtual_fields=True)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rulings', to='decisions.decision')),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='ideas.idea')),
            ],
            options={
                'ordering': ['decision_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'idea'), name='ruling_once_per_idea')],
            },
        ),
    ]),
        migrations.RunSQL(WORDS, NO_WORDS),
    ]
