import django.core.validators
import django.db.models.deletion
import modeltrans.fields
from django.conf import settings
from django.db import migrations, models
from zenne.core.migrating import CreateModels

# in whichever language: the column holds one of them, the others stand beside it
WORDS = """
alter table feasibility_study add constraint study_says_why check (
    state not in ('refused', 'adaptation')
    or reason <> ''
    or jsonb_path_exists(coalesce(i18n, '{}'), '$.keyvalue() ? (@.key starts with "reason" && @.value != "" && @.value != null)')
);
"""
NO_WORDS = "alter table feasibility_study drop constraint study_says_why;"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ideas', '0004_tally'),
        ('organisations', '0001_initial'),
        ('processes', '0002_alter_permission_action'),
        ('selections', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Feasibility',
            fields=[
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='feasibility', serialize=False, to='processes.activity')),
                ('days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='days that a service has to answer')),
                ('call', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='processes.activity', verbose_name='ideas of this call')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='selections.selection', verbose_name='ideas that this decision kept')),
            ],
            options={
                'verbose_name': 'feasibility study',
                'verbose_name_plural': 'feasibility studies',
                'ordering': ['activity_id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('days__range', (1, 365))), name='feasibility_gives_days'), models.CheckConstraint(condition=models.Q(('call__isnull', True), ('source__isnull', True), _connector='OR'), name='feasibility_begins_with_one')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
                ('members', models.ManyToManyField(blank=True, related_name='services', to=settings.AUTH_USER_MODEL, verbose_name='members')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='organisations.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'service',
                'verbose_name_plural': 'services',
                'ordering': ['organisation_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Study',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('requested', 'Sent to the service'), ('in_progress', 'Being studied'), ('adaptation', 'Adaptation asked'), ('feasible', 'Feasible'), ('refused', 'Not feasible')], default='requested', max_length=12, verbose_name='state')),
                ('question', models.TextField(blank=True, max_length=2000, verbose_name='question to the service')),
                ('due_on', models.DateField(verbose_name='answer due')),
                ('requested_at', models.DateTimeField(verbose_name='sent')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('adapted_at', models.DateTimeField(blank=True, null=True, verbose_name='adapted')),
                ('obstacle', models.CharField(blank=True, choices=[('law', 'A law or a regulation does not allow it'), ('competence', 'It is for another authority to decide'), ('technique', 'It is not possible technically'), ('place', 'The place does not allow it'), ('cost', 'It costs more than the budget allows'), ('planned', 'It is planned or under way already'), ('other', 'Another reason')], max_length=12, verbose_name='what stands in the way')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public words')),
                ('ground', models.TextField(blank=True, max_length=1000, verbose_name='legal ground')),
                ('cost_cents', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='cost')),
                ('delay_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='months to carry it out')),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason', 'ground'), required_languages=(), virtual_fields=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('feasibility', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='studies', to='feasibility.feasibility', verbose_name='activity')),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='studies', to='ideas.idea', verbose_name='idea')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='studies', to='feasibility.service', verbose_name='service')),
            ],
            options={
                'verbose_name': 'study',
                'verbose_name_plural': 'studies',
                'ordering': ['due_on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('feasibility', 'idea', 'service'), name='study_once_per_service'), models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'in_progress', 'adaptation', 'feasible', 'refused'])), name='study_state_exists'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'feasible'), _negated=True), models.Q(('cost_cents__isnull', False), ('delay_months__isnull', False)), _connector='OR'), name='study_feasible_has_a_cost'), models.CheckConstraint(condition=models.Q(models.Q(('obstacle__in', ['law', 'competence', 'technique', 'place', 'cost', 'planned', 'other']), ('state', 'refused')), models.Q(models.Q(('state', 'refused'), _negated=True), ('obstacle', '')), _connector='OR'), name='study_refused_by_something'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state__in', ('requested', 'in_progress'))), models.Q(models.Q(('state__in', ('requested', 'in_progress')), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='study_answered_at_a_moment')],
                'indexes': [models.Index(condition=models.Q(('state__in', ('requested', 'in_progress', 'adaptation'))), fields=['due_on', 'id'], name='study_due')],
            },
        ),
    ]),
        migrations.RunSQL(WORDS, NO_WORDS),
    ]
