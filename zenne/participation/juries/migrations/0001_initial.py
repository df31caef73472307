import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import modeltrans.fields
import uuid
from django.conf import settings
from django.db import migrations, models
from zenne.core.migrating import CreateModels


# What was handed in stays as it was handed in, whoever writes to the tables; who is recused has no points; what is submitted is whole.
TRIGGERS = """
create function juries_score_guard() returns trigger language plpgsql as $$
declare
    standing record;
begin
    select assessment.state, candidate.jury_id, jury.points into standing
    from juries_assessment as assessment
    join juries_candidate as candidate on candidate.id = assessment.candidate_id
    join juries_jury as jury on jury.activity_id = candidate.jury_id
    where assessment.id = coalesce(new.assessment_id, old.assessment_id) for share of assessment;
    if found and standing.state <> 'in_progress' then
        raise exception 'the assessment is %: its points cannot be altered', standing.state using errcode = 'integrity_constraint_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if new.value < 1 or new.value > standing.points
        or not exists (select 1 from juries_criterion where id = new.criterion_id and jury_id = standing.jury_id) then
        raise exception 'these points are not on the scale of the jury' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger juries_score_guard before insert or update or delete on juries_score
    for each row execute function juries_score_guard();

create function juries_assessment_guard() returns trigger language plpgsql as $$
declare
    handed_in constant text[] := array['submitted', 'locked'];
begin
    if tg_op = 'DELETE' then
        if old.state = any(handed_in) then
            raise exception 'a submitted assessment cannot be deleted' using errcode = 'integrity_constraint_violation';
        end if;
        return old;
    end if;
    if tg_op = 'INSERT' then
        if new.state = any(handed_in) then
            raise exception 'an assessment begins before it is submitted' using errcode = 'integrity_constraint_violation';
        end if;
        return new;
    end if;
    if (new.member_id, new.candidate_id) <> (old.member_id, old.candidate_id) then
        raise exception 'an assessment keeps its member and its candidate' using errcode = 'integrity_constraint_violation';
    end if;
    if old.state = 'locked' and new is distinct from old then
        raise exception 'a locked assessment cannot be altered' using errcode = 'integrity_constraint_violation';
    end if;
    if old.state = 'submitted' and new.state = any(handed_in)
        and (new.comment, new.language, new.submitted_at) is distinct from (old.comment, old.language, old.submitted_at) then
        raise exception 'a submitted assessment cannot be altered' using errcode = 'integrity_constraint_violation';
    end if;
    if new.state = 'recused' and exists (select 1 from juries_score where assessment_id = new.id) then
        raise exception 'who is recused has no points' using errcode = 'integrity_constraint_violation';
    end if;
    if new.state = any(handed_in) and not old.state = any(handed_in) and (
        select count(*) from juries_criterion as criterion
        join juries_candidate as candidate on candidate.jury_id = criterion.jury_id
        where candidate.id = new.candidate_id
    ) <> (select count(*) from juries_score where assessment_id = new.id) then
        raise exception 'an assessment is submitted whole' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger juries_assessment_guard before insert or update or delete on juries_assessment
    for each row execute function juries_assessment_guard();
"""
GONE = """
drop trigger juries_score_guard on juries_score;
drop trigger juries_assessment_guard on juries_assessment;
drop function juries_score_guard();
drop function juries_assessment_guard();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ideas', '0004_tally'),
        ('processes', '0001_initial'),
        ('selections', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Jury',
            fields=[
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='jury', serialize=False, to='processes.activity')),
                ('keep', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='ideas to keep at most')),
                ('points', models.PositiveSmallIntegerField(default=5, help_text='Every criterion is scored from 1 to this number, and each point has its words.', validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(10)], verbose_name='points per criterion at most')),
                ('blind', models.CharField(choices=[('own', 'Until their own assessment of the idea is submitted'), ('all', 'Until the deliberation opens')], default='own', max_length=4, verbose_name='members see no other scores')),
                ('comments', models.CharField(choices=[('private', 'For the jury only'), ('published', 'Published with the result, without names')], default='private', max_length=10, verbose_name='comments of members')),
                ('remind_days', models.PositiveSmallIntegerField(default=3, help_text='Members whose scores are missing hear of it by mail, at most once in this many days.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days between two reminders')),
                ('charter', models.TextField(blank=True, max_length=6000, verbose_name='charter')),
                ('statement', models.TextField(blank=True, max_length=6000, verbose_name='public statement')),
                ('i18n', modeltrans.fields.TranslationField(fields=('charter', 'statement'), required_languages=(), virtual_fields=True)),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='selections.selection', verbose_name='selection it starts from')),
            ],
            options={
                'verbose_name': 'jury',
                'verbose_name_plural': 'juries',
                'ordering': ['-activity_id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('keep__gte', 1)), name='jury_keeps_something'), models.CheckConstraint(condition=models.Q(('points__range', (2, 10))), name='jury_scores_on_a_scale'), models.CheckConstraint(condition=models.Q(('remind_days__gte', 1)), name='jury_reminds_with_measure')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('title', models.CharField(blank=True, max_length=80, verbose_name='criterion')),
                ('text', models.TextField(blank=True, max_length=600, verbose_name='what it asks')),
                ('weight', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='weight')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'text'), required_languages=(), virtual_fields=True)),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='juries.jury')),
            ],
            options={
                'verbose_name': 'criterion',
                'verbose_name_plural': 'criteria',
                'ordering': ['jury_id', 'position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='jury_criterion_weighs')],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.BooleanField(blank=True, null=True)),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason',), required_languages=(), virtual_fields=True)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ideas.idea', verbose_name='idea')),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='juries.jury')),
            ],
            options={
                'verbose_name': 'idea before the jury',
                'verbose_name_plural': 'ideas before the jury',
                'ordering': ['jury_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('jury', 'idea'), name='jury_candidate_once')],
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(verbose_name='points')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='in words')),
                ('i18n', modeltrans.fields.TranslationField(fields=('words',), required_languages=(), virtual_fields=True)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='juries.criterion')),
            ],
            options={
                'ordering': ['criterion_id', 'value'],
                'constraints': [models.UniqueConstraint(fields=('criterion', 'value'), name='jury_level_once'), models.CheckConstraint(condition=models.Q(('value__range', (1, 10))), name='jury_level_on_the_scale')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                ('capacity', models.CharField(blank=True, help_text='As everyone reads it beside the name: profession, organisation.', max_length=120, verbose_name='capacity')),
                ('language', models.CharField(default='fr', max_length=5, verbose_name='language of the invitation')),
                ('is_chair', models.BooleanField(default=False, verbose_name='chairs the jury')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('invited', 'Invited'), ('accepted', 'Accepted the charter'), ('declined', 'Declined'), ('withdrawn', 'Invitation taken back'), ('resigned', 'Left the jury')], default='invited', max_length=10, verbose_name='state')),
                ('invited_at', models.DateTimeField(verbose_name='invited')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='last reminder')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='juries.jury')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='jury_seats', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'member of the jury',
                'verbose_name_plural': 'members of the jury',
                'ordering': ['jury_id', '-is_chair', 'id'],
                'constraints': [models.UniqueConstraint(models.F('jury'), django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='jury_member_once'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('jury', 'person'), name='jury_person_once'), models.UniqueConstraint(condition=models.Q(('is_chair', True), ('state__in', ['invited', 'accepted'])), fields=('jury',), name='jury_one_chair'), models.CheckConstraint(condition=models.Q(('state', 'invited'), ('answered_at__isnull', False), _connector='OR'), name='jury_member_answered_once')],
                'indexes': [models.Index(fields=['person', 'state'], name='jury_member_seats')],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('in_progress', 'In progress'), ('submitted', 'Submitted'), ('locked', 'Locked'), ('recused', 'Recused')], default='in_progress', max_length=12, verbose_name='state')),
                ('comment', models.TextField(blank=True, max_length=4000, verbose_name='comment')),
                ('language', models.CharField(blank=True, max_length=5)),
                ('tie', models.TextField(blank=True, max_length=1000, verbose_name='conflict of interest')),
                ('begun_at', models.DateTimeField(verbose_name='begun')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='juries.candidate')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='juries.member')),
            ],
            options={
                'verbose_name': 'assessment',
                'verbose_name_plural': 'assessments',
                'ordering': ['candidate_id', 'member_id'],
                'constraints': [models.UniqueConstraint(fields=('member', 'candidate'), name='jury_assessment_once'), models.CheckConstraint(condition=models.Q(('state__in', ['in_progress', 'submitted', 'locked', 'recused'])), name='jury_assessment_state'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('submitted', 'locked')), ('submitted_at__isnull', False)), models.Q(models.Q(('state__in', ('submitted', 'locked')), _negated=True), ('submitted_at__isnull', True)), _connector='OR'), name='jury_submitted_at_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('comment', ''), ('state', 'recused'), models.Q(('tie', ''), _negated=True)), models.Q(models.Q(('state', 'recused'), _negated=True), ('tie', '')), _connector='OR'), name='jury_recused_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(verbose_name='points')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='juries.assessment')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='juries.criterion')),
            ],
            options={
                'ordering': ['assessment_id', 'criterion_id'],
                'constraints': [models.UniqueConstraint(fields=('assessment', 'criterion'), name='jury_score_once')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('reason', models.TextField(blank=True, max_length=1000, verbose_name='reason')),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='juries.jury')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('present', models.ManyToManyField(blank=True, related_name='+', to='juries.member', verbose_name='present')),
            ],
            options={
                'verbose_name': 'session of the jury',
                'verbose_name_plural': 'sessions of the jury',
                'ordering': ['jury_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('jury', 'number'), name='jury_session_number_once'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('jury',), name='jury_one_session_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.BooleanField()),
                ('reason', models.TextField(max_length=2000, verbose_name='reason')),
                ('moved_at', models.DateTimeField()),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='juries.candidate')),
                ('moved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='juries.session')),
            ],
            options={
                'verbose_name': 'move',
                'verbose_name_plural': 'moves',
                'ordering': ['moved_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='jury_moved_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Unlocking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('seen', models.PositiveSmallIntegerField(default=0)),
                ('unlocked_at', models.DateTimeField()),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unlockings', to='juries.assessment')),
                ('unlocked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-unlocked_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='jury_unlocked_with_a_reason')],
            },
        ),
    ]),
        migrations.RunSQL(TRIGGERS, GONE),
    ]
