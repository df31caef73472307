import django.core.validators
import django.db.models.deletion
import modeltrans.fields
import zenne.people.uploads.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models
from zenne.core.migrating import CreateModels

# What was frozen stays word for word, and carries its own checksum. What was published stays: it may only be revised, by another row.
TRIGGERS = """
create function indicators_keep_definition() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.sha256 <> encode(sha256(convert_to(new.canonical, 'UTF8')), 'hex') then
            raise exception 'a definition carries its own checksum' using errcode = 'check_violation', constraint = 'definition_checksum';
        end if;
        return new;
    end if;
    if tg_op = 'DELETE' or to_jsonb(new) - 'frozen_by_id' is distinct from to_jsonb(old) - 'frozen_by_id' then
        raise exception 'a frozen definition stays' using errcode = 'check_violation', constraint = 'definition_stays';
    end if;
    return new;
end;
$$;
create trigger indicators_keep_definition before insert or update or delete on indicators_definition
    for each row execute function indicators_keep_definition();
create function indicators_keep_measurement() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a published value stays' using errcode = 'check_violation', constraint = 'measurement_stays';
    end if;
    if to_jsonb(new) - 'state' - 'entered_by_id' is distinct from to_jsonb(old) - 'state' - 'entered_by_id'
        or new.state <> old.state and (old.state, new.state) <> ('published', 'revised') then
        raise exception 'a published value stays' using errcode = 'check_violation', constraint = 'measurement_stays';
    end if;
    return new;
end;
$$;
create trigger indicators_keep_measurement_changed before update on indicators_measurement
    for each row when (old.state in ('published', 'revised')) execute function indicators_keep_measurement();
create trigger indicators_keep_measurement_deleted before delete on indicators_measurement
    for each row when (old.state in ('published', 'revised')) execute function indicators_keep_measurement();
"""
NO_TRIGGERS = """
drop trigger indicators_keep_measurement_deleted on indicators_measurement;
drop trigger indicators_keep_measurement_changed on indicators_measurement;
drop function indicators_keep_measurement();
drop trigger indicators_keep_definition on indicators_definition;
drop function indicators_keep_definition();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('areas', '0001_initial'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=80, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9]*(-[a-z0-9]+)*\\Z', 'Small letters, digits and hyphens, beginning with a letter: water-use.')], verbose_name='address')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='name')),
                ('meaning', models.TextField(blank=True, help_text='What is counted, and how.', max_length=4000, verbose_name='meaning')),
                ('nature', models.CharField(choices=[('quantitative', 'A number'), ('qualitative', 'A level with words')], default='quantitative', max_length=12, verbose_name='kind')),
                ('unit', models.CharField(blank=True, help_text='For example EUR, kWh, m3, person, %. Empty: a plain number.', max_length=40, verbose_name='unit')),
                ('decimals', models.PositiveSmallIntegerField(default=0, verbose_name='figures after the point')),
                ('direction', models.CharField(choices=[('up', 'More is better'), ('down', 'Less is better'), ('within', 'Best within two bounds')], default='up', max_length=6, verbose_name='which way is good')),
                ('least', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='lower bound')),
                ('most', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='upper bound')),
                ('tolerance', models.DecimalField(decimal_places=2, default=Decimal('10'), help_text='In percent of the way to the last target: how far behind it may be before the light turns red.', max_digits=5, verbose_name='tolerance')),
                ('frequency', models.CharField(choices=[('day', 'Every day'), ('week', 'Every week'), ('month', 'Every month'), ('quarter', 'Every three months'), ('half', 'Every six months'), ('year', 'Every year'), ('two_years', 'Every two years'), ('five_years', 'Every five years'), ('once', 'Once')], default='year', max_length=10, verbose_name='frequency')),
                ('owner', models.CharField(blank=True, help_text='The service that keeps it, as the public reads it.', max_length=160, verbose_name='kept by')),
                ('source', models.CharField(blank=True, help_text='Where the values come from.', max_length=400, verbose_name='source')),
                ('source_url', models.URLField(blank=True, max_length=400, verbose_name='address of the source')),
                ('evidence', models.CharField(choices=[('measured', 'Measured'), ('reported', 'Reported'), ('estimated', 'Estimated')], default='measured', max_length=10, verbose_name='evidence')),
                ('expression', models.TextField(blank=True, max_length=2000, verbose_name='formula')),
                ('series', models.CharField(blank=True, max_length=60, verbose_name='series')),
                ('series_of', models.CharField(blank=True, max_length=120, verbose_name='series of what')),
                ('baseline_value', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='baseline')),
                ('baseline_on', models.DateField(blank=True, null=True, verbose_name='day of the baseline')),
                ('baseline_evidence', models.CharField(choices=[('measured', 'Measured'), ('reported', 'Reported'), ('estimated', 'Estimated')], default='measured', max_length=10, verbose_name='evidence of the baseline')),
                ('state', models.CharField(choices=[('defined', 'Being defined'), ('active', 'Active'), ('retired', 'Retired')], default='defined', max_length=8, verbose_name='state')),
                ('retired_because', models.TextField(blank=True, max_length=2000, verbose_name='why it was retired')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='made')),
                ('changed_at', models.DateTimeField(editable=False, verbose_name='last change')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name', 'meaning', 'owner', 'source', 'retired_because'), required_languages=(), virtual_fields=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='organisations.organisation', verbose_name='organisation')),
                ('owner_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person in charge')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
                'ordering': ['organisation_id', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')), name='indicator_slug'), models.CheckConstraint(condition=models.Q(('state__in', ['defined', 'active', 'retired'])), name='indicator_state_exists'), models.CheckConstraint(condition=models.Q(('expression', ''), ('series', ''), _connector='OR'), name='indicator_one_way_to_its_values'), models.CheckConstraint(condition=models.Q(models.Q(('baseline_on__isnull', True), ('baseline_value__isnull', True)), models.Q(('baseline_on__isnull', False), ('baseline_value__isnull', False)), _connector='OR'), name='indicator_baseline_has_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('direction', 'within'), _negated=True), models.Q(('least__isnull', False), ('most__isnull', False)), _connector='OR'), name='indicator_within_two_bounds'), models.CheckConstraint(condition=models.Q(('least__isnull', True), ('most__isnull', True), ('least__lte', models.F('most')), _connector='OR'), name='indicator_bounds_in_order'), models.CheckConstraint(condition=models.Q(('tolerance__gte', 0)), name='indicator_tolerance'), models.CheckConstraint(condition=models.Q(('decimals__lte', 6)), name='indicator_decimals'), models.CheckConstraint(condition=models.Q(('nature', 'quantitative'), models.Q(('expression', ''), ('series', ''), ('unit', '')), _connector='OR'), name='indicator_levels_are_given')],
                'indexes': [models.Index(fields=['state', 'slug'], name='indicator_state'), models.Index(condition=models.Q(('series', ''), _negated=True), fields=['series'], name='indicator_series')],
            },
        ),
        migrations.CreateModel(
            name='Definition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('canonical', models.TextField()),
                ('sha256', models.CharField(max_length=64, verbose_name='checksum')),
                ('because', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('frozen_at', models.DateTimeField(verbose_name='frozen')),
                ('i18n', modeltrans.fields.TranslationField(fields=('because',), required_languages=(), virtual_fields=True)),
                ('frozen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='definitions', to='indicators.indicator')),
            ],
            options={
                'verbose_name': 'definition',
                'verbose_name_plural': 'definitions',
                'ordering': ['indicator_id', '-number'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'number'), name='definition_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(verbose_name='value')),
                ('words', models.CharField(blank=True, max_length=160, verbose_name='words')),
                ('i18n', modeltrans.fields.TranslationField(fields=('words',), required_languages=(), virtual_fields=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='indicators.indicator')),
            ],
            options={
                'verbose_name': 'level',
                'verbose_name_plural': 'levels',
                'ordering': ['indicator_id', 'value'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'value'), name='level_once')],
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateField(verbose_name='first day')),
                ('end', models.DateField(verbose_name='last day')),
                ('value', models.DecimalField(decimal_places=6, max_digits=24, verbose_name='value')),
                ('low', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='at least')),
                ('high', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='at most')),
                ('evidence', models.CharField(choices=[('measured', 'Measured'), ('reported', 'Reported'), ('estimated', 'Estimated')], max_length=10, verbose_name='evidence')),
                ('state', models.CharField(choices=[('provisional', 'Provisional'), ('validated', 'Validated'), ('published', 'Published'), ('revised', 'Revised since')], default='provisional', max_length=11, verbose_name='state')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                ('because', models.TextField(blank=True, max_length=2000, verbose_name='why it was revised')),
                ('revision', models.PositiveSmallIntegerField(default=0, verbose_name='revision')),
                ('entered_at', models.DateTimeField(verbose_name='entered')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('i18n', modeltrans.fields.TranslationField(fields=('note', 'because'), required_languages=(), virtual_fields=True)),
                ('area', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='area')),
                ('entered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('indicator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='indicators.indicator')),
                ('supersedes', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='indicators.measurement')),
            ],
            options={
                'verbose_name': 'measurement',
                'verbose_name_plural': 'measurements',
                'ordering': ['indicator_id', 'area_id', '-end', '-start', '-revision'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'revised'), _negated=True), fields=('indicator', 'area', 'start', 'end'), name='measurement_one_stands', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('state__in', ['provisional', 'validated', 'published', 'revised'])), name='measurement_state_exists'), models.CheckConstraint(condition=models.Q(('start__lte', models.F('end'))), name='measurement_period_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('low__isnull', True), ('low__lte', models.F('value')), _connector='OR'), models.Q(('high__isnull', True), ('high__gte', models.F('value')), _connector='OR')), name='measurement_within_its_interval'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('state__in', ('provisional', 'validated'))), models.Q(('published_at__isnull', False), ('state__in', ('published', 'revised'))), _connector='OR'), name='measurement_published_at_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('revision', 0), ('supersedes__isnull', True)), models.Q(('revision__gt', 0), ('supersedes__isnull', False)), _connector='OR'), name='measurement_revision_supersedes')],
                'indexes': [models.Index(fields=['indicator', '-end', '-start', '-id'], name='measurement_of'), models.Index(condition=models.Q(('published_at__isnull', False)), fields=['published_at', 'id'], name='measurement_news'), models.Index(condition=models.Q(('entered_by__isnull', False)), fields=['entered_by'], name='measurement_who'), models.Index(condition=models.Q(('area__isnull', False)), fields=['area'], name='measurement_where'), models.Index(condition=models.Q(('state__in', ('provisional', 'validated'))), fields=['indicator'], name='measurement_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Latest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('end', models.DateField()),
                ('value', models.DecimalField(decimal_places=6, max_digits=24)),
                ('area', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('indicator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='latest', to='indicators.indicator')),
                ('measurement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='indicators.measurement')),
            ],
            options={
                'ordering': ['indicator_id', 'area_id'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'area'), name='latest_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('value', models.DecimalField(decimal_places=6, max_digits=24, verbose_name='target')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='indicators.indicator')),
            ],
            options={
                'verbose_name': 'target',
                'verbose_name_plural': 'targets',
                'ordering': ['indicator_id', 'day'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'day'), name='target_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateField()),
                ('end', models.DateField()),
                ('area', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='areas.area')),
                ('indicator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='indicators.indicator')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('reading', 'Being read'), ('read', 'Read, nothing written yet'), ('writing', 'Being written'), ('written', 'Written'), ('faulty', 'Cannot be read, nothing written'), ('discarded', 'Put away, nothing written')], default='reading', max_length=9, verbose_name='state')),
                ('enters_as', models.CharField(choices=[('provisional', 'Provisional'), ('published', 'Published')], default='provisional', max_length=11, verbose_name='enter them as')),
                ('because', models.TextField(blank=True, max_length=2000, verbose_name='reason of the revisions')),
                ('file', models.FileField(blank=True, max_length=120, storage=zenne.people.uploads.models.private_storage, upload_to='', verbose_name='file')),
                ('name', models.CharField(max_length=200, verbose_name='name of the file')),
                ('sha256', models.CharField(max_length=64, verbose_name='checksum')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='rows done')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('faults', models.JSONField(blank=True, default=list)),
                ('fault_count', models.PositiveIntegerField(default=0, verbose_name='rows refused')),
                ('preview', models.JSONField(blank=True, default=dict)),
                ('outcome', models.JSONField(blank=True, default=dict)),
                ('made_at', models.DateTimeField(verbose_name='given')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('i18n', modeltrans.fields.TranslationField(fields=('because',), required_languages=(), virtual_fields=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'file of measurements',
                'verbose_name_plural': 'files of measurements',
                'ordering': ['-made_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'read', 'writing', 'written', 'faulty', 'discarded'])), name='measurements_file_state_exists'), models.UniqueConstraint(condition=models.Q(('state__in', ('reading', 'read', 'writing'))), fields=('organisation',), name='measurements_file_one_under_way')],
            },
        ),
    ]),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
