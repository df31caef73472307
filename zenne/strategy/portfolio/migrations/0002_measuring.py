import django.db.models.deletion
import modeltrans.fields
from django.conf import settings
from django.db import migrations, models
from zenne.core.migrating import CreateModels


TRIGGERS = """
create function portfolio_hold_pilot() returns trigger language plpgsql as $$
begin
    if new.definition_id is not null and not exists (
        select from indicators_definition where id = new.definition_id and indicator_id = new.indicator_id
    ) then
        raise exception 'a pilot is measured by a definition of its own indicator'
            using errcode = 'check_violation', constraint = 'pilot_definition_of_its_indicator';
    end if;
    if tg_op = 'UPDATE' and old.definition_id is not null
        and (new.definition_id, new.indicator_id, new.hypothesis) is distinct from (old.definition_id, old.indicator_id, old.hypothesis) then
        raise exception 'what a pilot should show is said before it begins' using errcode = 'check_violation', constraint = 'pilot_stays_as_begun';
    end if;
    if tg_op = 'UPDATE' and old.verdict <> '' and (new.verdict, new.reason, new.concluded_on, new.i18n)
        is distinct from (old.verdict, old.reason, old.concluded_on, old.i18n) then
        raise exception 'a verdict stays' using errcode = 'check_violation', constraint = 'pilot_verdict_stays';
    end if;
    return new;
end $$;
create trigger portfolio_hold_pilot before insert or update on portfolio_pilot for each row execute function portfolio_hold_pilot();
"""
NO_TRIGGERS = """
drop trigger portfolio_hold_pilot on portfolio_pilot;
drop function portfolio_hold_pilot;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0001_initial'),
        ('portfolio', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('domain', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='portfolio.domain')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='indicators.indicator', verbose_name='indicator')),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='portfolio.objective')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'measure',
                'verbose_name_plural': 'measures',
                'ordering': ['position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('domain__isnull', True), ('objective__isnull', True), ('project__isnull', False)), models.Q(('domain__isnull', True), ('objective__isnull', False), ('project__isnull', True)), models.Q(('domain__isnull', False), ('objective__isnull', True), ('project__isnull', True)), _connector='OR'), name='measure_of_one_thing'), models.UniqueConstraint(condition=models.Q(('project__isnull', False)), fields=('project', 'indicator'), name='measure_project_once'), models.UniqueConstraint(condition=models.Q(('objective__isnull', False)), fields=('objective', 'indicator'), name='measure_objective_once'), models.UniqueConstraint(condition=models.Q(('domain__isnull', False)), fields=('domain', 'indicator'), name='measure_domain_once')],
            },
        ),
        migrations.CreateModel(
            name='Pilot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, max_length=80)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('hypothesis', models.TextField(blank=True, max_length=2000, verbose_name='hypothesis')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('verdict', models.CharField(blank=True, choices=[('confirmed', 'Confirmed'), ('refuted', 'Refuted'), ('inconclusive', 'Inconclusive')], max_length=12, verbose_name='verdict')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('concluded_on', models.DateField(blank=True, null=True, verbose_name='day of the verdict')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'hypothesis', 'reason'), required_languages=(), virtual_fields=True)),
                ('concluded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('definition', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pilots', to='indicators.definition')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pilots', to='indicators.indicator', verbose_name='indicator')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pilots', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'pilot',
                'verbose_name_plural': 'pilots',
                'ordering': ['project_id', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('project', 'key'), name='pilot_key_once'), models.CheckConstraint(condition=models.Q(('verdict__in', ['', 'confirmed', 'refuted', 'inconclusive'])), name='pilot_verdict_exists'), models.CheckConstraint(condition=models.Q(models.Q(('concluded_on__isnull', True), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('concluded_on__isnull', False), ('definition__isnull', False)), _connector='OR'), name='pilot_verdict_on_what_was_frozen')],
            },
        ),
    ]),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
