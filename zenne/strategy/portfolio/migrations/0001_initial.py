import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import modeltrans.fields
from django.conf import settings
from django.db import migrations, models
from zenne.core.migrating import CreateModels


# What the actions promise holds for whoever writes.
TRIGGERS = """
create function portfolio_hold_plan() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and (new.slug, new.organisation_id) is distinct from (old.slug, old.organisation_id) and old.published_at is not null then
        raise exception 'the address of a published plan stays' using errcode = 'check_violation', constraint = 'plan_address_stays';
    end if;
    if new.state = 'valid' and (tg_op = 'INSERT' or old.state <> 'valid') and not exists (
        select from portfolio_revision where plan_id = new.id and state = 'valid'
    ) then
        raise exception 'a plan comes into force by the decision of a College or a council'
            using errcode = 'check_violation', constraint = 'plan_valid_by_decision';
    end if;
    return new;
end $$;
create trigger portfolio_hold_plan before insert or update on portfolio_plan for each row execute function portfolio_hold_plan();

create function portfolio_hold_revision() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a revision stays' using errcode = 'check_violation', constraint = 'revision_stays';
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'proposed' then
            raise exception 'a revision begins as a proposal' using errcode = 'check_violation', constraint = 'revision_begins_proposed';
        end if;
        return new;
    end if;
    if (new.plan_id, new.number, new.snapshot, new.digest, new.named, new.proposed_at)
        is distinct from (old.plan_id, old.number, old.snapshot, old.digest, old.named, old.proposed_at) then
        raise exception 'what was proposed stays' using errcode = 'check_violation', constraint = 'revision_stays_as_proposed';
    end if;
    if old.state <> 'proposed' and (
        (new.state, new.body_id, new.reference, new.decided_on, new.decided_at, new.reason, new.answer, new.i18n)
        is distinct from
        (old.state, old.body_id, old.reference, old.decided_on, old.decided_at, old.reason, old.answer, old.i18n)
        or old.decision_id is not null and new.decision_id is distinct from old.decision_id
    ) then
        raise exception 'what was decided stays' using errcode = 'check_violation', constraint = 'revision_stays_as_decided';
    end if;
    if old.state = 'proposed' and new.state <> 'proposed' and not exists (
        select from decisions_body as body join portfolio_plan as plan on plan.organisation_id = body.organisation_id
        where body.id = new.body_id and plan.id = new.plan_id and body.role in ('college', 'council')
    ) then
        raise exception 'only a College or a council of the organisation decides about its plan'
            using errcode = 'check_violation', constraint = 'revision_by_college_or_council';
    end if;
    return new;
end $$;
create trigger portfolio_hold_revision before insert or update or delete on portfolio_revision
    for each row execute function portfolio_hold_revision();

create function portfolio_hold_project() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and (new.plan_id, new.number, new.slug) is distinct from (old.plan_id, old.number, old.slug) then
        raise exception 'the address of a project is for life' using errcode = 'check_violation', constraint = 'planned_project_address_stays';
    end if;
    if (tg_op = 'INSERT' or new.domain_id <> old.domain_id)
        and not exists (select from portfolio_domain where id = new.domain_id and plan_id = new.plan_id) then
        raise exception 'a project stands in a domain of its own plan' using errcode = 'check_violation', constraint = 'planned_project_own_domain';
    end if;
    if new.validated_by_id is not null and (tg_op = 'INSERT' or new.validated_by_id is distinct from old.validated_by_id) and not exists (
        select from portfolio_revision
        where id = new.validated_by_id and plan_id = new.plan_id and state = 'valid' and new.id = any (named)
    ) then
        raise exception 'a project is validated by a decided revision of its plan that names it'
            using errcode = 'check_violation', constraint = 'planned_project_named';
    end if;
    return new;
end $$;
create trigger portfolio_hold_project before insert or update on portfolio_project for each row execute function portfolio_hold_project();

create function portfolio_hold_milestone() returns trigger language plpgsql as $$
begin
    if new.first_due_on <> old.first_due_on then
        raise exception 'the day that was promised first stays' using errcode = 'check_violation', constraint = 'planned_milestone_first_day_stays';
    end if;
    return new;
end $$;
create trigger portfolio_hold_milestone before update on portfolio_milestone for each row execute function portfolio_hold_milestone();

create function portfolio_no_circle() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('portfolio dependencies', 28));
    if exists (
        with recursive waits (id) as (
            select new.on_id
            union
            select dependency.on_id from portfolio_dependency as dependency join waits on dependency.project_id = waits.id
        )
        select from waits where id = new.project_id
    ) then
        raise exception 'projects do not wait for each other in a circle' using errcode = 'check_violation', constraint = 'dependency_no_circle';
    end if;
    return new;
end $$;
create trigger portfolio_no_circle before insert or update on portfolio_dependency for each row execute function portfolio_no_circle();

create function portfolio_hold_version() returns trigger language plpgsql as $$
begin
    if (new.plan_id, new.project_id, new.number, new.at, new.event, new.data, new.digest)
        is distinct from (old.plan_id, old.project_id, old.number, old.at, old.event, old.data, old.digest) then
        raise exception 'what was kept stays' using errcode = 'check_violation', constraint = 'version_stays';
    end if;
    return new;
end $$;
create trigger portfolio_hold_version before update on portfolio_version for each row execute function portfolio_hold_version();
"""
NO_TRIGGERS = """
drop trigger portfolio_hold_version on portfolio_version;
drop trigger portfolio_no_circle on portfolio_dependency;
drop trigger portfolio_hold_milestone on portfolio_milestone;
drop trigger portfolio_hold_project on portfolio_project;
drop trigger portfolio_hold_revision on portfolio_revision;
drop trigger portfolio_hold_plan on portfolio_plan;
drop function portfolio_hold_version;
drop function portfolio_no_circle;
drop function portfolio_hold_milestone;
drop function portfolio_hold_project;
drop function portfolio_hold_revision;
drop function portfolio_hold_plan;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('advices', '0001_initial'),
        ('areas', '0001_initial'),
        ('decisions', '0002_promises_of_any_origin'),
        ('ideas', '0006_cases_of_before'),
        ('organisations', '0001_initial'),
        ('selections', '0001_initial'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Domain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('domain', 'Domain'), ('foundation', 'Foundation')], default='domain', max_length=12, verbose_name='kind')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('slug', models.SlugField(max_length=60, verbose_name='address')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='text')),
                ('icon', models.CharField(default='bulb', max_length=40, verbose_name='icon')),
                ('motif', models.CharField(choices=[('leaf', 'Petals'), ('wave', 'Scales'), ('wheel', 'Rings'), ('star', 'Stars'), ('steps', 'Steps'), ('diamond', 'Diamonds')], default='leaf', max_length=20, verbose_name='tile')),
                ('hue', models.PositiveSmallIntegerField(default=1, verbose_name='colour')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name', 'text'), required_languages=(), virtual_fields=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='portfolio.plan', verbose_name='plan')),
            ],
            options={
                'verbose_name': 'domain',
                'verbose_name_plural': 'domains',
                'ordering': ['plan_id', 'kind', 'number', 'id'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'slug'), name='domain_address_once'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('plan', 'kind', 'number'), name='domain_number_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['domain', 'foundation'])), name='domain_kind_exists'), models.CheckConstraint(condition=models.Q(('hue__range', (1, 10))), name='domain_hue_exists')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, verbose_name='key')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='departments', to='organisations.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'department',
                'verbose_name_plural': 'departments',
                'ordering': ['organisation_id', 'slug'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'slug'), name='department_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, verbose_name='key')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('helix', models.CharField(choices=[('public', 'Public authority'), ('private', 'Company'), ('knowledge', 'Research and education'), ('civil', 'Residents and associations')], default='public', max_length=10, verbose_name='kind')),
                ('url', models.URLField(blank=True, verbose_name='website')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='organisations.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'ordering': ['organisation_id', 'slug'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'slug'), name='partner_key_once'), models.CheckConstraint(condition=models.Q(('helix__in', ['public', 'private', 'knowledge', 'civil'])), name='partner_helix_exists')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('summary', models.TextField(blank=True, max_length=2000, verbose_name='summary')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('source', models.CharField(blank=True, help_text='The document this was taken from, for everyone to check.', max_length=400, verbose_name='source')),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('valid', 'In force'), ('replaced', 'Replaced'), ('archived', 'Archived')], default='draft', editable=False, max_length=10, verbose_name='state')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='begun')),
                ('changed_at', models.DateTimeField(editable=False, verbose_name='last change')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('i18n', modeltrans.fields.TranslationField(fields=('name', 'summary'), required_languages=(), virtual_fields=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='organisations.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'plan',
                'verbose_name_plural': 'plans',
                'ordering': ['organisation_id', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'valid', 'replaced', 'archived'])), name='plan_state_exists'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='plan_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('slug', models.SlugField(max_length=80, verbose_name='key')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='text')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'text'), required_languages=(), virtual_fields=True)),
                ('domains', models.ManyToManyField(blank=True, related_name='objectives', to='portfolio.domain', verbose_name='domains')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='portfolio.plan', verbose_name='plan')),
            ],
            options={
                'verbose_name': 'objective',
                'verbose_name_plural': 'objectives',
                'ordering': ['plan_id', 'number', 'id'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'slug'), name='objective_key_once'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('plan', 'number'), name='objective_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='number')),
                ('slug', models.SlugField(max_length=80, verbose_name='address')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('summary', models.TextField(blank=True, max_length=600, verbose_name='in short')),
                ('why', models.TextField(blank=True, max_length=10000, verbose_name='why')),
                ('text', models.TextField(blank=True, max_length=20000, verbose_name='what will be done')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('state', models.CharField(choices=[('longlisted', 'On the longlist'), ('sheet', 'Sheet being written'), ('shortlisted', 'On the shortlist'), ('validated', 'Validated'), ('scheduled', 'To be scheduled'), ('ongoing', 'Under way'), ('achieved', 'Achieved'), ('stopped', 'Stopped'), ('terminated', 'Ended')], default='longlisted', editable=False, max_length=12, verbose_name='state')),
                ('state_reason', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='public reason')),
                ('state_since', models.DateField(editable=False, verbose_name='since')),
                ('health', models.CharField(choices=[('unknown', 'Not said'), ('on_track', 'On track'), ('at_risk', 'At risk'), ('off_track', 'Off track')], default='unknown', editable=False, max_length=10, verbose_name='health')),
                ('health_reason', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='public reason')),
                ('health_on', models.DateField(blank=True, editable=False, null=True, verbose_name='said on')),
                ('source', models.CharField(blank=True, max_length=400, verbose_name='source')),
                ('source_note', models.TextField(blank=True, help_text='Where the printings of the plan disagree: what each of them says.', max_length=2000, verbose_name='note on the sources')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='begun')),
                ('changed_at', models.DateTimeField(editable=False, verbose_name='last change')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'summary', 'why', 'text', 'state_reason', 'health_reason', 'source_note'), required_languages=(), virtual_fields=True)),
                ('areas', models.ManyToManyField(blank=True, related_name='+', to='areas.area', verbose_name='districts and communes')),
                ('carrier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried', to='portfolio.department', verbose_name='department that carries it')),
                ('carrier_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who carries it')),
                ('domain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='portfolio.domain', verbose_name='domain')),
                ('merged_into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='portfolio.project')),
                ('objectives', models.ManyToManyField(blank=True, related_name='projects', to='portfolio.objective', verbose_name='objectives')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='projects', to='portfolio.plan', verbose_name='plan')),
                ('split_from', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='portfolio.project')),
                ('validated_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='validated', to='portfolio.revision')),
            ],
            options={
                'verbose_name': 'planned project',
                'verbose_name_plural': 'planned projects',
                'ordering': ['plan_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='planned_project_number_once'), models.UniqueConstraint(fields=('plan', 'slug'), name='planned_project_address_once'), models.CheckConstraint(condition=models.Q(('state__in', ['longlisted', 'sheet', 'shortlisted', 'validated', 'scheduled', 'ongoing', 'achieved', 'stopped', 'terminated'])), name='planned_project_state_exists'), models.CheckConstraint(condition=models.Q(('health__in', ['unknown', 'on_track', 'at_risk', 'off_track'])), name='planned_project_health_exists'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('validated', 'scheduled', 'ongoing', 'achieved')), _negated=True), ('validated_by__isnull', False), _connector='OR'), name='planned_project_decided'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('state', 'terminated'), models.Q(('merged_into', models.F('id')), _negated=True)), _connector='OR'), name='planned_project_merged_has_ended'), models.CheckConstraint(condition=models.Q(('split_from__isnull', True), models.Q(('split_from', models.F('id')), _negated=True), _connector='OR'), name='planned_project_not_of_itself'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='planned_project_ends_after_it_starts')],
                'indexes': [models.Index(fields=['plan', 'state', 'number'], name='planned_project_states'), models.Index(fields=['domain', 'state', 'number'], name='planned_project_domain'), models.Index(fields=['plan', '-changed_at', '-id'], name='planned_project_latest')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='text')),
                ('published_at', models.DateTimeField(editable=False, verbose_name='published')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='withdrawn')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'text'), required_languages=(), virtual_fields=True)),
                ('author', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'news of a planned project',
                'verbose_name_plural': 'news of planned projects',
                'ordering': ['-published_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.CharField(choices=[('whole', 'Taken up whole'), ('part', 'Taken up in part'), ('inspired', 'Inspired it')], default='part', max_length=10, verbose_name='how much')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('linked_at', models.DateTimeField(editable=False)),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason',), required_languages=(), virtual_fields=True)),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_up', to='decisions.decision')),
                ('idea', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_up', to='ideas.idea')),
                ('linked_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_up', to='advices.recommendation')),
                ('selection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_up', to='selections.selection')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='origins', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'origin of a project',
                'verbose_name_plural': 'origins of projects',
                'ordering': ['project_id', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decision__isnull', True), ('idea__isnull', False), ('recommendation__isnull', True), ('selection__isnull', True)), models.Q(('decision__isnull', True), ('idea__isnull', True), ('recommendation__isnull', True), ('selection__isnull', False)), models.Q(('decision__isnull', False), ('idea__isnull', True), ('recommendation__isnull', True), ('selection__isnull', True)), models.Q(('decision__isnull', True), ('idea__isnull', True), ('recommendation__isnull', False), ('selection__isnull', True)), _connector='OR'), name='origin_is_one_thing'), models.CheckConstraint(condition=models.Q(('share__in', ['whole', 'part', 'inspired'])), name='origin_share_exists'), models.UniqueConstraint(condition=models.Q(('idea__isnull', False)), fields=('project', 'idea'), name='origin_idea_once'), models.UniqueConstraint(condition=models.Q(('selection__isnull', False)), fields=('project', 'selection'), name='origin_selection_once'), models.UniqueConstraint(condition=models.Q(('decision__isnull', False)), fields=('project', 'decision'), name='origin_decision_once'), models.UniqueConstraint(condition=models.Q(('recommendation__isnull', False)), fields=('project', 'recommendation'), name='origin_recommendation_once')],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, max_length=80)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='text')),
                ('comes_from', models.CharField(choices=[('department', 'A department'), ('partner', 'A partner'), ('citizen', 'Residents')], default='department', max_length=10, verbose_name='comes from')),
                ('state', models.CharField(choices=[('open', 'To be looked at'), ('taken_up', 'Taken up'), ('declined', 'Not taken up')], default='open', editable=False, max_length=10, verbose_name='state')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='begun')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='decided')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'text', 'reason'), required_languages=(), virtual_fields=True)),
                ('author', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='portfolio.department', verbose_name='department')),
                ('idea', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ideas.idea', verbose_name='idea')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='portfolio.partner', verbose_name='partner')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='portfolio.plan', verbose_name='plan')),
                ('project', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'need',
                'verbose_name_plural': 'needs',
                'ordering': ['plan_id', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('plan', 'key'), name='need_key_once'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'taken_up', 'declined'])), name='need_state_exists'), models.CheckConstraint(condition=models.Q(models.Q(('project__isnull', False), ('state', 'taken_up')), models.Q(models.Q(('state', 'taken_up'), _negated=True), ('project__isnull', True)), _connector='OR'), name='need_taken_up_by_a_project'), models.CheckConstraint(condition=models.Q(models.Q(('comes_from', 'department'), ('department__isnull', False), ('partner__isnull', True)), models.Q(('comes_from', 'partner'), ('department__isnull', True), ('partner__isnull', False)), models.Q(('comes_from', 'citizen'), ('department__isnull', True), ('partner__isnull', True)), _connector='OR'), name='need_comes_from_somebody')],
                'indexes': [models.Index(fields=['plan', 'state', '-id'], name='need_states')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, max_length=80)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('first_due_on', models.DateField(editable=False, verbose_name='first promised for')),
                ('due_on', models.DateField(verbose_name='day it is due')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                ('moved_reason', models.TextField(blank=True, max_length=2000, verbose_name='why the day was moved')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'moved_reason'), required_languages=(), virtual_fields=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'milestone of a planned project',
                'verbose_name_plural': 'milestones of planned projects',
                'ordering': ['project_id', 'due_on', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('project', 'key'), name='planned_milestone_key_once')],
                'indexes': [models.Index(condition=models.Q(('done_on__isnull', True)), fields=['due_on', 'id'], name='planned_milestone_due')],
            },
        ),
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('carries', 'Carries it too'), ('works', 'Works on it'), ('funds', 'Funds it'), ('advises', 'Advises'), ('uses', 'Uses what comes of it')], default='works', max_length=10, verbose_name='part')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='in words')),
                ('i18n', modeltrans.fields.TranslationField(fields=('words',), required_languages=(), virtual_fields=True)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='portfolio.department', verbose_name='department')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='portfolio.partner', verbose_name='partner')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involvements', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'part in a project',
                'verbose_name_plural': 'parts in projects',
                'ordering': ['project_id', 'part', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', False), ('partner__isnull', True)), models.Q(('department__isnull', True), ('partner__isnull', False)), _connector='OR'), name='involvement_of_one'), models.CheckConstraint(condition=models.Q(('part__in', ['carries', 'works', 'funds', 'advises', 'uses'])), name='involvement_part_exists'), models.UniqueConstraint(condition=models.Q(('department__isnull', False)), fields=('project', 'department'), name='involvement_department_once'), models.UniqueConstraint(condition=models.Q(('partner__isnull', False)), fields=('project', 'partner'), name='involvement_partner_once')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='portfolio.project')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('project', 'person'), name='planned_project_follow_once')],
            },
        ),
        migrations.CreateModel(
            name='Dependency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='why')),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason',), required_languages=(), virtual_fields=True)),
                ('on', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needed_by', to='portfolio.project', verbose_name='waits for')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needed', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'dependency',
                'verbose_name_plural': 'dependencies',
                'ordering': ['project_id', 'on_id'],
                'constraints': [models.UniqueConstraint(fields=('project', 'on'), name='dependency_once'), models.CheckConstraint(condition=models.Q(('project', models.F('on')), _negated=True), name='dependency_on_another')],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, max_length=80)),
                ('source', models.CharField(choices=[('own', 'Own means'), ('regional', 'Regional'), ('federal', 'Federal'), ('european', 'European'), ('private', 'Private')], default='own', max_length=10, verbose_name='source')),
                ('funder', models.CharField(blank=True, max_length=200, verbose_name='funder')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('planned_cents', models.PositiveBigIntegerField(default=0, verbose_name='planned')),
                ('committed_cents', models.PositiveBigIntegerField(default=0, verbose_name='committed')),
                ('spent_cents', models.PositiveBigIntegerField(default=0, verbose_name='spent')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='note')),
                ('reference', models.CharField(blank=True, help_text='As in the minutes of the body.', max_length=80, verbose_name='reference of the decision')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='day of the decision')),
                ('i18n', modeltrans.fields.TranslationField(fields=('note',), required_languages=(), virtual_fields=True)),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision', verbose_name='decision')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'budget line',
                'verbose_name_plural': 'budget lines',
                'ordering': ['project_id', models.OrderBy(models.F('year'), nulls_last=True), 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('project', 'key'), name='budget_line_key_once'), models.CheckConstraint(condition=models.Q(('source__in', ['own', 'regional', 'federal', 'european', 'private'])), name='budget_line_source_exists'), models.CheckConstraint(condition=models.Q(('year__isnull', True), ('year__range', (1990, 2100)), _connector='OR'), name='budget_line_year_is_one'), models.CheckConstraint(condition=models.Q(('committed_cents', 0), models.Q(models.Q(('reference', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='budget_line_committed_by_a_decision')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('language', models.CharField(blank=True, max_length=5, verbose_name='language')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title',), required_languages=(), virtual_fields=True)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='file')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'document of a planned project',
                'verbose_name_plural': 'documents of planned projects',
                'ordering': ['project_id', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(editable=False, verbose_name='number')),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('valid', 'Decided'), ('refused', 'Refused')], default='proposed', editable=False, max_length=10, verbose_name='state')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='why')),
                ('snapshot', models.JSONField(default=dict, editable=False)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('named', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                ('proposed_at', models.DateTimeField(editable=False, verbose_name='proposed')),
                ('reference', models.CharField(blank=True, help_text='As in the minutes of the body.', max_length=80, verbose_name='reference')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='day of the decision')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='entered')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='words of the body')),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason', 'answer'), required_languages=(), virtual_fields=True)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='decisions.body', verbose_name='decided by')),
                ('decision', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revision', to='decisions.decision')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='portfolio.plan', verbose_name='plan')),
                ('proposed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'revision of a plan',
                'verbose_name_plural': 'revisions of plans',
                'ordering': ['plan_id', '-number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='revision_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('plan',), name='revision_one_proposed'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'valid', 'refused'])), name='revision_state_exists'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('body__isnull', False), ('decided_at__isnull', False), ('decided_on__isnull', False), models.Q(('reference', ''), _negated=True)), _connector='OR'), name='revision_decided_by_a_body')],
                'indexes': [models.Index(condition=models.Q(('state', 'valid')), fields=['plan', '-decided_on', '-number'], name='revision_in_force')],
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, max_length=80)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('likelihood', models.PositiveSmallIntegerField(default=3, verbose_name='how likely')),
                ('impact', models.PositiveSmallIntegerField(default=3, verbose_name='how grave')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='what is done about it')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='over since')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'answer'), required_languages=(), virtual_fields=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'risk',
                'verbose_name_plural': 'risks',
                'ordering': ['project_id', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('project', 'key'), name='risk_key_once'), models.CheckConstraint(condition=models.Q(('impact__range', (1, 5)), ('likelihood__range', (1, 5))), name='risk_from_one_to_five')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('lon', models.FloatField(verbose_name='longitude')),
                ('lat', models.FloatField(verbose_name='latitude')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sites', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'site of a project',
                'verbose_name_plural': 'sites of projects',
                'ordering': ['project_id', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('lat__range', (-90, 90)), ('lon__range', (-180, 180))), name='site_on_earth')],
                'indexes': [models.Index(fields=['lon', 'lat'], name='site_near')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('event', models.CharField(max_length=60)),
                ('data', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='portfolio.plan')),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='portfolio.project')),
            ],
            options={
                'verbose_name': 'version of a planned project',
                'verbose_name_plural': 'versions of planned projects',
                'ordering': ['plan_id', 'project_id', '-number'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('project__isnull', False)), fields=('project', 'number'), name='version_once_of_project'), models.UniqueConstraint(condition=models.Q(('project__isnull', True)), fields=('plan', 'number'), name='version_once_of_plan')],
                'indexes': [models.Index(fields=['plan', '-at', '-id'], name='version_latest')],
            },
        ),
    ]),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
