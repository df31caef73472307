import django.db.models.deletion
import modeltrans.fields
from django.conf import settings
from django.db import migrations, models
from zenne.core.migrating import CreateModels

TRIGGERS = """
create function selections_words(said jsonb) returns jsonb language sql immutable as $$
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(coalesce(said, '{}')) where key not like 'annulment%';
$$;
create function selections_hold() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.state <> 'draft' then
            raise exception 'a published selection stays' using errcode = 'check_violation', constraint = 'selection_stays';
        end if;
        return old;
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'a selection begins as a draft' using errcode = 'check_violation', constraint = 'selection_begins_as_draft';
        end if;
        return new;
    end if;
    if old.state = 'draft' and new.state = 'published' and exists (
        select from selections_choice as choice
        where choice.selection_id = new.id and (choice.text_digest = '' or choice.reason = '' and not exists (
            select from jsonb_each_text(coalesce(choice.i18n, '{}')) as said where said.key like 'reason%' and said.value <> ''
        ))
    ) then
        raise exception 'every choice has a reason' using errcode = 'check_violation', constraint = 'selection_gives_reasons';
    end if;
    if old.state = 'draft' and new.state = 'annulled' or old.state <> 'draft' and (
        new.state = 'draft'
        or old.state = 'annulled' and new.state <> 'annulled'
        or (new.process_id, new.activity_id, new.source_id, new.number, new.title, new.statement, new.rule_text, new.rule_digest, new.proof_url,
            new.decided_at, new.published_at, selections_words(new.i18n))
        is distinct from
           (old.process_id, old.activity_id, old.source_id, old.number, old.title, old.statement, old.rule_text, old.rule_digest, old.proof_url,
            old.decided_at, old.published_at, selections_words(old.i18n))
    ) then
        raise exception 'a published selection stays as it is' using errcode = 'check_violation', constraint = 'selection_stays_as_it_is';
    end if;
    return new;
end $$;
create trigger selections_hold before insert or update or delete on selections_selection for each row execute function selections_hold();

create function selections_hold_choice() returns trigger language plpgsql as $$
declare
    stands text;
begin
    select state into stands from selections_selection
        where id = case when tg_op = 'DELETE' then old.selection_id else new.selection_id end for share;
    if stands <> 'draft'
        or tg_op = 'UPDATE' and old.selection_id <> new.selection_id then
        raise exception 'what a published selection says stays' using errcode = 'check_violation', constraint = 'choice_stays';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger selections_hold_choice before insert or update or delete on selections_choice for each row execute function selections_hold_choice();
"""
GONE = """
drop trigger selections_hold_choice on selections_choice;
drop trigger selections_hold on selections_selection;
drop function selections_hold_choice();
drop function selections_hold();
drop function selections_words(jsonb);
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ideas', '0004_tally'),
        ('processes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Selection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='number')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('statement', models.TextField(blank=True, max_length=10000, verbose_name='public statement')),
                ('rule_text', models.TextField(blank=True, max_length=4000, verbose_name='rule in plain words')),
                ('rule_digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='fingerprint of the rule')),
                ('proof_url', models.CharField(blank=True, editable=False, max_length=300, verbose_name='address of the proof')),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('published', 'Published'), ('annulled', 'Annulled')], default='draft', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='begun')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('annulled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='annulled')),
                ('annulment', models.TextField(blank=True, max_length=2000, verbose_name='why it was annulled')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'statement', 'rule_text', 'annulment'), required_languages=(), virtual_fields=True)),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='selections', to='processes.activity', verbose_name='activity')),
                ('annulled_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='selections', to='processes.process', verbose_name='process')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fed', to='selections.selection', verbose_name='began with')),
            ],
            options={
                'verbose_name': 'selection',
                'verbose_name_plural': 'selections',
                'ordering': ['process_id', '-id'],
                'constraints': [models.UniqueConstraint(fields=('process', 'number'), name='selection_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'annulled'])), name='selection_state_exists'), models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('published_at__isnull', True), ('state', 'draft')), models.Q(('decided_at__isnull', False), ('decided_at__lte', models.F('published_at')), ('number__isnull', False), ('published_at__isnull', False), ('state__in', ('published', 'annulled'))), _connector='OR'), name='selection_public_since_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('annulled_at__isnull', False), ('state', 'annulled')), models.Q(models.Q(('state', 'annulled'), _negated=True), ('annulled_at__isnull', True)), _connector='OR'), name='selection_annulled_at_a_moment'), models.CheckConstraint(condition=models.Q(('source', models.F('id')), _negated=True), name='selection_begins_with_another')],
                'indexes': [models.Index(fields=['-published_at', '-id'], name='selection_newest')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('kept', 'Kept'), ('not_kept', 'Not kept'), ('set_aside', 'Set aside')], max_length=10, verbose_name='outcome')),
                ('rank', models.PositiveIntegerField(blank=True, null=True, verbose_name='rank')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('cost_cents', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='cost')),
                ('figures', models.JSONField(default=list, verbose_name='figures')),
                ('version', models.PositiveSmallIntegerField(editable=False, null=True)),
                ('text_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason',), required_languages=(), virtual_fields=True)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='ideas.idea')),
                ('selection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='selections.selection')),
            ],
            options={
                'verbose_name': 'choice',
                'verbose_name_plural': 'choices',
                'ordering': ['selection_id', models.OrderBy(models.F('rank'), nulls_last=True), 'id'],
                'constraints': [models.UniqueConstraint(fields=('selection', 'idea'), name='choice_once_per_idea'), models.CheckConstraint(condition=models.Q(('outcome__in', ['kept', 'not_kept', 'set_aside'])), name='choice_outcome_exists')],
            },
        ),
    ]),
        migrations.RunSQL(TRIGGERS, GONE),
    ]
