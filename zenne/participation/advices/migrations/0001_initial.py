import django.db.models.constraints
import django.db.models.deletion
import modeltrans.fields
from django.conf import settings
from django.db import migrations, models
from zenne.core.migrating import CreateModels


# What `field` says in exactly this language: the column holds the default one, the others stand beside it.
TRIGGERS = """
create function advices_said(plain text, said jsonb, field text, language text) returns text language sql immutable as $$
    select case when language = '{default}' then coalesce(plain, '') else coalesce(said ->> (field || '_' || language), '') end;
$$;
create function advices_asked(said jsonb) returns jsonb language sql immutable as $$
    select coalesce(jsonb_object_agg(key, value), '{{}}') from jsonb_each(coalesce(said, '{{}}')) where key ~ '^(issuer|title|text)_';
$$;
create function advices_hold() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.state <> 'draft' then
            raise exception 'an issued advice stays' using errcode = 'check_violation', constraint = 'advice_stays';
        end if;
        return old;
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'an advice begins as a draft' using errcode = 'check_violation', constraint = 'advice_begins_as_draft';
        end if;
        return new;
    end if;
    if old.state = 'draft' and new.state not in ('draft', 'issued')
        or old.state = 'issued' and new.state not in ('issued', 'answered', 'withdrawn')
        or old.state in ('answered', 'withdrawn') and new.state <> old.state then
        raise exception 'an advice takes no such step' using errcode = 'check_violation', constraint = 'advice_steps';
    end if;
    if old.state <> 'draft' and (
        (new.process_id, new.body_id, new.number, new.issuer, new.title, new.text, new.file_id, new.due_on, new.issued_at, advices_asked(new.i18n))
        is distinct from
        (old.process_id, old.body_id, old.number, old.issuer, old.title, old.text, old.file_id, old.due_on, old.issued_at, advices_asked(old.i18n))
    ) then
        raise exception 'what an advice asks stays as it was issued' using errcode = 'check_violation', constraint = 'advice_stays_as_issued';
    end if;
    if old.state in ('answered', 'withdrawn') and (
        (new.statement, new.reference, new.decided_on, new.answer_file_id, new.answered_at, new.withdrawn_at, new.withdrawal, new.i18n)
        is distinct from
        (old.statement, old.reference, old.decided_on, old.answer_file_id, old.answered_at, old.withdrawn_at, old.withdrawal, old.i18n)
    ) then
        raise exception 'what was answered stays' using errcode = 'check_violation', constraint = 'advice_answer_stays';
    end if;
    if old.state = 'draft' and new.state = 'issued'
        and not exists (select from advices_recommendation where advice_id = new.id) then
        raise exception 'an advice recommends something' using errcode = 'check_violation', constraint = 'advice_recommends';
    end if;
    if old.state = 'issued' and new.state = 'answered' and exists (
        select from advices_recommendation as asked
            left join advices_answer as answer on answer.recommendation_id = asked.id
            cross join lateral (
                select unnest(organisation.languages) as code from processes_process as process
                    join organisations_organisation as organisation on organisation.id = process.organisation_id
                    where process.id = new.process_id
            ) as language
        where asked.advice_id = new.id and (
            answer.id is null or answer.verdict = '' or advices_said(answer.reason, answer.i18n, 'reason', language.code) = ''
            or (answer.verdict = 'refused') <> (answer.commitment_id is null)
        )
    ) then
        raise exception 'every recommendation is answered with a reason in every promised language'
            using errcode = 'check_violation', constraint = 'advice_answers_with_reasons';
    end if;
    if new.state = 'withdrawn' and new.withdrawal = '' and not jsonb_path_exists(
        coalesce(new.i18n, '{{}}'), '$.keyvalue() ? (@.key starts with "withdrawal" && @.value != "" && @.value != null)'
    ) then
        raise exception 'an advice is withdrawn for a reason' using errcode = 'check_violation', constraint = 'advice_withdrawn_says_why';
    end if;
    return new;
end $$;
create trigger advices_hold before insert or update or delete on advices_advice for each row execute function advices_hold();

create function advices_hold_recommendation() returns trigger language plpgsql as $$
declare
    stands text;
begin
    select state into stands from advices_advice
        where id = case when tg_op = 'DELETE' then old.advice_id else new.advice_id end for share;
    if stands <> 'draft' or tg_op = 'UPDATE' and old.advice_id <> new.advice_id then
        raise exception 'what an issued advice recommends stays' using errcode = 'check_violation', constraint = 'recommendation_stays';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger advices_hold_recommendation before insert or update or delete on advices_recommendation
    for each row execute function advices_hold_recommendation();

create function advices_hold_answer() returns trigger language plpgsql as $$
declare
    stands text;
begin
    select advice.state into stands from advices_advice as advice join advices_recommendation as asked on asked.advice_id = advice.id
        where asked.id = case when tg_op = 'DELETE' then old.recommendation_id else new.recommendation_id end for share of advice;
    if stands <> 'issued' or tg_op = 'UPDATE' and old.recommendation_id <> new.recommendation_id then
        raise exception 'what was answered stays' using errcode = 'check_violation', constraint = 'answer_stays';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger advices_hold_answer before insert or update or delete on advices_answer for each row execute function advices_hold_answer();
""".format(default=settings.LANGUAGE_CODE)
NO_TRIGGERS = """
drop trigger advices_hold_answer on advices_answer;
drop trigger advices_hold_recommendation on advices_recommendation;
drop trigger advices_hold on advices_advice;
drop function advices_hold_answer();
drop function advices_hold_recommendation();
drop function advices_hold();
drop function advices_asked(jsonb);
drop function advices_said(text, jsonb, text, text);
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('decisions', '0002_promises_of_any_origin'),
        ('processes', '0002_alter_permission_action'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Advice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='number')),
                ('issuer', models.CharField(blank=True, help_text='As everyone reads it: “The citizens’ panel on water”, “The neighbourhood council”.', max_length=120, verbose_name='who advises')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=20000, verbose_name='text')),
                ('due_on', models.DateField(verbose_name='to be answered by')),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('issued', 'Waiting for an answer'), ('answered', 'Answered'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='begun')),
                ('issued_at', models.DateTimeField(editable=False, null=True, verbose_name='issued')),
                ('statement', models.TextField(blank=True, max_length=10000, verbose_name='statement of the body')),
                ('reference', models.CharField(blank=True, help_text='As in the minutes of the body.', max_length=80, verbose_name='reference')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='day of the answer')),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='answered')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='withdrawn')),
                ('withdrawal', models.TextField(blank=True, max_length=2000, verbose_name='why it was withdrawn')),
                ('i18n', modeltrans.fields.TranslationField(fields=('issuer', 'title', 'text', 'statement', 'withdrawal'), required_languages=(), virtual_fields=True)),
                ('answer_file', models.ForeignKey(blank=True, help_text='The answer as it was signed, for everyone to read.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='file of the answer')),
                ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advices', to='decisions.body', verbose_name='addressed to')),
                ('file', models.ForeignKey(blank=True, help_text='The whole advice, for everyone to read.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='file')),
                ('issued_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advices', to='processes.process', verbose_name='process')),
                ('withdrawn_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'advice',
                'verbose_name_plural': 'advices',
                'ordering': ['process_id', '-id'],
                'constraints': [models.UniqueConstraint(fields=('process', 'number'), name='advice_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'issued', 'answered', 'withdrawn'])), name='advice_state_exists'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('number__isnull', True), ('state', 'draft')), models.Q(('issued_at__isnull', False), ('number__isnull', False), ('state__in', ('issued', 'answered', 'withdrawn'))), _connector='OR'), name='advice_public_since_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('decided_on__isnull', False), ('state', 'answered')), models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at__isnull', True)), _connector='OR'), name='advice_answered_at_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True)), _connector='OR'), name='advice_withdrawn_at_a_moment')],
                'indexes': [models.Index(condition=models.Q(('state', 'issued')), fields=['due_on', 'id'], name='advice_due'), models.Index(fields=['-issued_at', '-id'], name='advice_newest')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='place')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='text')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'text'), required_languages=(), virtual_fields=True)),
                ('advice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recommendations', to='advices.advice')),
            ],
            options={
                'verbose_name': 'recommendation',
                'verbose_name_plural': 'recommendations',
                'ordering': ['advice_id', 'position'],
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('advice', 'position'), name='recommendation_place_once'), models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='recommendation_places_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(blank=True, choices=[('taken', 'Taken up'), ('partly', 'Taken up in part'), ('refused', 'Refused')], max_length=10, verbose_name='verdict')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason',), required_languages=(), virtual_fields=True)),
                ('commitment', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='advice_answer', to='decisions.commitment')),
                ('recommendation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='answer', to='advices.recommendation')),
            ],
            options={
                'verbose_name': 'answer to a recommendation',
                'verbose_name_plural': 'answers to recommendations',
                'ordering': ['recommendation_id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['', 'taken', 'partly', 'refused'])), name='advice_verdict_exists'), models.CheckConstraint(condition=models.Q(('commitment__isnull', True), ('verdict__in', ['taken', 'partly']), _connector='OR'), name='advice_refuses_without_promise')],
            },
        ),
    ]),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
