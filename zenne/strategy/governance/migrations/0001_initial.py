import django.db.models.constraints
import django.db.models.deletion
import modeltrans.fields
from django.conf import settings
from django.db import migrations, models
from zenne.core.migrating import CreateModels

# what a body resolved stays as it was entered; who entered it may leave
RESOLVED = """
create function governance_resolution_stands() returns trigger language plpgsql as $$
begin
    if to_jsonb(new) - 'entered_by_id' is distinct from to_jsonb(old) - 'entered_by_id' then
        raise exception 'resolution % never changes', old.id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger resolution_stands before update on governance_resolution
    for each row execute function governance_resolution_stands();
"""
UNRESOLVED = "drop trigger resolution_stands on governance_resolution; drop function governance_resolution_stands();"
# what the body was shown stays what it was shown
REPORTED = """
create function governance_report_stands() returns trigger language plpgsql as $$
begin
    if old.reported_at is not null and (new.report, new.digest, new.reported_at, new.plan_id, new.starts_on, new.ends_on)
        is distinct from (old.report, old.digest, old.reported_at, old.plan_id, old.starts_on, old.ends_on) then
        raise exception 'the report of review % never changes', old.id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger report_stands before update on governance_review
    for each row execute function governance_report_stands();
"""
UNREPORTED = "drop trigger report_stands on governance_review; drop function governance_report_stands();"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('advices', '0001_initial'),
        ('decisions', '0003_decisions_of_any_body'),
        ('organisations', '0001_initial'),
        ('portfolio', '0002_measuring'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('funder', models.CharField(max_length=200, verbose_name='funder')),
                ('source', models.CharField(choices=[('own', 'Own means'), ('regional', 'Regional'), ('federal', 'Federal'), ('european', 'European'), ('private', 'Private')], default='european', max_length=10, verbose_name='kind of money')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('conditions', models.TextField(blank=True, max_length=10000, verbose_name='conditions')),
                ('url', models.URLField(blank=True, max_length=400, verbose_name='address of the call')),
                ('opens_on', models.DateField(blank=True, null=True, verbose_name='opens')),
                ('due_on', models.DateField(verbose_name='deadline')),
                ('amount_cents', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='amount')),
                ('dossier', models.TextField(blank=True, help_text='One piece per line.', max_length=4000, verbose_name='what an application consists of')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='begun')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'conditions'), required_languages=(), virtual_fields=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='organisations.organisation', verbose_name='organisation')),
                ('team', models.ForeignKey(blank=True, help_text='Its members hear of the deadline; without a team, the managers of the organisation.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='calls', to='decisions.body', verbose_name='team')),
            ],
            options={
                'verbose_name': 'call for projects',
                'verbose_name_plural': 'calls for projects',
                'ordering': ['due_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('funder', ''), _negated=True), name='call_has_a_funder'), models.CheckConstraint(condition=models.Q(('source__in', ['own', 'regional', 'federal', 'european', 'private'])), name='call_source_exists'), models.CheckConstraint(condition=models.Q(('opens_on__isnull', True), ('opens_on__lte', models.F('due_on')), _connector='OR'), name='call_opens_before_it_closes')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('partnership', 'Partnership'), ('agreement', 'Agreement'), ('event', 'Event'), ('need', 'Question for research'), ('study', 'Study or internship')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='text')),
                ('with_whom', models.CharField(blank=True, max_length=300, verbose_name='with whom')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('url', models.URLField(blank=True, max_length=400, verbose_name='website')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('outcome', models.TextField(blank=True, max_length=5000, verbose_name='what came of it')),
                ('public', models.BooleanField(default=True, verbose_name='everyone may read it')),
                ('changed_at', models.DateTimeField(editable=False, verbose_name='last change')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'text', 'outcome'), required_languages=(), virtual_fields=True)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='portfolio.department', verbose_name='department that looks after it')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followed', to='governance.entry', verbose_name='follows')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='register', to='organisations.organisation', verbose_name='organisation')),
                ('owner', models.ForeignKey(blank=True, help_text='Only staff reads who; everyone reads the department.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who looks after it')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='register', to='portfolio.project', verbose_name='project')),
            ],
            options={
                'verbose_name': 'entry of a register',
                'verbose_name_plural': 'entries of registers',
                'ordering': [models.OrderBy(models.F('starts_on'), descending=True, nulls_last=True), '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['partnership', 'agreement', 'event', 'need', 'study'])), name='entry_kind_exists'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='entry_ends_later'), models.CheckConstraint(condition=models.Q(('follows__isnull', True), models.Q(('follows', models.F('id')), _negated=True), _connector='OR'), name='entry_not_itself')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('kind', models.CharField(choices=[('information', 'For information'), ('discussion', 'For discussion'), ('decision', 'For decision')], default='information', max_length=12, verbose_name='kind')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='text')),
                ('confidential', models.BooleanField(default=False, help_text='Everyone reads that there is such an item, not which.', verbose_name='confidential')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'text'), required_languages=(), virtual_fields=True)),
                ('advice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='advices.advice', verbose_name='advice')),
                ('call', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='governance.call', verbose_name='call')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='portfolio.project', verbose_name='project')),
                ('revision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='portfolio.revision', verbose_name='revision of a plan')),
                ('review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='governance.review', verbose_name='review')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='governance.sitting', verbose_name='sitting')),
            ],
            options={
                'verbose_name': 'item of an agenda',
                'verbose_name_plural': 'items of agendas',
                'ordering': ['sitting_id', 'position'],
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('sitting', 'position'), name='item_place_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['information', 'discussion', 'decision'])), name='item_kind_exists'), models.CheckConstraint(condition=models.Q(models.Q(('advice__isnull', True), ('call__isnull', True), ('project__isnull', True), ('review__isnull', True), ('revision__isnull', True)), models.Q(('advice__isnull', True), ('call__isnull', True), ('project__isnull', True), ('review__isnull', True), ('revision__isnull', False)), models.Q(('advice__isnull', True), ('call__isnull', True), ('project__isnull', True), ('review__isnull', False), ('revision__isnull', True)), models.Q(('advice__isnull', True), ('call__isnull', True), ('project__isnull', False), ('review__isnull', True), ('revision__isnull', True)), models.Q(('advice__isnull', True), ('call__isnull', False), ('project__isnull', True), ('review__isnull', True), ('revision__isnull', True)), models.Q(('advice__isnull', False), ('call__isnull', True), ('project__isnull', True), ('review__isnull', True), ('revision__isnull', True)), _connector='OR'), name='item_about_one_thing'), models.CheckConstraint(condition=models.Q(('revision__isnull', True), ('confidential', False), _connector='OR'), name='item_revision_in_public')],
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('wished', 'Wished for'), ('prepared', 'Dossier being prepared'), ('submitted', 'Submitted'), ('granted', 'Granted'), ('refused', 'Refused'), ('dropped', 'Dropped')], default='wished', editable=False, max_length=10, verbose_name='state')),
                ('note', models.TextField(blank=True, help_text='Only staff reads it.', max_length=2000, verbose_name='note')),
                ('asked_cents', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='asked')),
                ('granted_cents', models.PositiveBigIntegerField(editable=False, null=True, verbose_name='granted')),
                ('reason', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='public reason')),
                ('submitted_on', models.DateField(editable=False, null=True, verbose_name='submitted on')),
                ('decided_on', models.DateField(editable=False, null=True, verbose_name='answered on')),
                ('changed_at', models.DateTimeField(editable=False, verbose_name='last change')),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason',), required_languages=(), virtual_fields=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='governance.call', verbose_name='call')),
                ('line', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='granted_by', to='portfolio.budgetline')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who writes it')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='portfolio.project', verbose_name='project')),
            ],
            options={
                'verbose_name': 'application',
                'verbose_name_plural': 'applications',
                'ordering': ['call_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('call', 'project'), name='match_once'), models.CheckConstraint(condition=models.Q(('state__in', ['wished', 'prepared', 'submitted', 'granted', 'refused', 'dropped'])), name='match_state_exists'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'granted'), _negated=True), models.Q(('decided_on__isnull', False), ('granted_cents__isnull', False)), _connector='OR'), name='match_granted_an_amount'), models.CheckConstraint(condition=models.Q(('state__in', ['wished', 'prepared', 'dropped']), ('submitted_on__isnull', False), _connector='OR'), name='match_submitted_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('title', models.CharField(max_length=200, verbose_name='piece')),
                ('required', models.BooleanField(default=True, verbose_name='required')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                ('done_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='governance.match')),
            ],
            options={
                'verbose_name': 'piece of a dossier',
                'verbose_name_plural': 'pieces of dossiers',
                'ordering': ['match_id', 'position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='piece_has_a_title'), models.UniqueConstraint(fields=('match', 'position'), name='piece_place_once')],
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('adopted', 'Adopted'), ('refused', 'Refused'), ('postponed', 'Postponed')], max_length=10, verbose_name='outcome')),
                ('reference', models.CharField(blank=True, help_text='As in the minutes of the body.', max_length=80, verbose_name='reference')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('entered_at', models.DateTimeField(editable=False, verbose_name='entered')),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason',), required_languages=(), virtual_fields=True)),
                ('decision', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolution', to='decisions.decision')),
                ('entered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='resolution', to='governance.item')),
            ],
            options={
                'verbose_name': 'resolution',
                'verbose_name_plural': 'resolutions',
                'ordering': ['item_id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['adopted', 'refused', 'postponed'])), name='resolution_outcome_exists'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ('adopted', 'refused')), models.Q(('reference', ''), _negated=True)), models.Q(('decision', None), ('outcome', 'postponed')), _connector='OR'), name='resolution_decided_has_a_reference')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('state', models.CharField(choices=[('measure', 'Measuring'), ('report', 'Report'), ('revision', 'Proposed revision'), ('decision', 'Decision'), ('budget', 'Budget change'), ('closed', 'Closed')], default='measure', editable=False, max_length=10, verbose_name='step')),
                ('conclusion', models.TextField(blank=True, max_length=5000, verbose_name='what stands out')),
                ('report', models.JSONField(default=dict, editable=False)),
                ('digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('reported_at', models.DateTimeField(editable=False, null=True, verbose_name='reported')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='begun')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='closed')),
                ('i18n', modeltrans.fields.TranslationField(fields=('conclusion',), required_languages=(), virtual_fields=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='decisions.body', verbose_name='decided by')),
                ('decision', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='decisions.decision', verbose_name='decision')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who runs it')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='portfolio.plan', verbose_name='plan')),
                ('revision', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='portfolio.revision', verbose_name='revision')),
            ],
            options={
                'verbose_name': 'review of a plan',
                'verbose_name_plural': 'reviews of plans',
                'ordering': ['-ends_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['measure', 'report', 'revision', 'decision', 'budget', 'closed'])), name='review_step_exists'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='review_ends_later'), models.UniqueConstraint(fields=('plan', 'starts_on', 'ends_on'), name='review_period_once'), models.UniqueConstraint(condition=models.Q(('state', 'closed'), _negated=True), fields=('plan',), name='review_one_at_a_time'), models.CheckConstraint(condition=models.Q(('state__in', ['measure', 'report']), models.Q(('reported_at__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='review_reports_before_it_proposes'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['budget', 'closed']), _negated=True), ('decision__isnull', False), _connector='OR'), name='review_decided_before_the_budget'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='review_closed_at_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='BudgetChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(editable=False, max_length=300)),
                ('planned_before_cents', models.PositiveBigIntegerField(verbose_name='planned before')),
                ('planned_after_cents', models.PositiveBigIntegerField(verbose_name='planned after')),
                ('committed_before_cents', models.PositiveBigIntegerField(verbose_name='committed before')),
                ('committed_after_cents', models.PositiveBigIntegerField(verbose_name='committed after')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='public reason')),
                ('applied_at', models.DateTimeField(editable=False, null=True, verbose_name='carried out')),
                ('i18n', modeltrans.fields.TranslationField(fields=('reason',), required_languages=(), virtual_fields=True)),
                ('decision', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='budget_changes', to='portfolio.budgetline', verbose_name='budget line')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budget_changes', to='portfolio.project', verbose_name='project')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='governance.review')),
            ],
            options={
                'verbose_name': 'change of a budget line',
                'verbose_name_plural': 'changes of budget lines',
                'ordering': ['review_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('review', 'line'), name='budget_change_once_per_line'), models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', True), ('decision__isnull', True)), models.Q(('applied_at__isnull', False), ('decision__isnull', False)), _connector='OR'), name='budget_change_by_a_decision')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('part', models.CharField(blank=True, max_length=120, verbose_name='as what')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('i18n', modeltrans.fields.TranslationField(fields=('part',), required_languages=(), virtual_fields=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='decisions.body', verbose_name='body')),
                ('person', models.ForeignKey(blank=True, help_text='Where they have one: they get the calls to sittings.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'member of a body',
                'verbose_name_plural': 'members of bodies',
                'ordering': ['body_id', 'position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='seat_has_a_name'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='seat_ends_later')],
            },
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('called', 'Called'), ('held', 'Held'), ('published', 'Minutes published'), ('cancelled', 'Cancelled')], default='draft', editable=False, max_length=10, verbose_name='state')),
                ('minutes', models.TextField(blank=True, max_length=20000, verbose_name='minutes')),
                ('reason', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='why it was cancelled')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='begun')),
                ('called_at', models.DateTimeField(editable=False, null=True, verbose_name='called on')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='minutes published')),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('i18n', modeltrans.fields.TranslationField(fields=('minutes', 'reason'), required_languages=(), virtual_fields=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sittings', to='decisions.body', verbose_name='body')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='minutes as they were signed')),
                ('present', models.ManyToManyField(blank=True, related_name='attended', to='governance.seat', verbose_name='present')),
            ],
            options={
                'verbose_name': 'sitting',
                'verbose_name_plural': 'sittings',
                'ordering': ['-starts_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'called', 'held', 'published', 'cancelled'])), name='sitting_state_exists'), models.CheckConstraint(condition=models.Q(models.Q(('called_at__isnull', True), ('state', 'draft')), models.Q(('called_at__isnull', False), ('state__in', ('called', 'held', 'published', 'cancelled'))), _connector='OR'), name='sitting_called_at_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('state', 'published')), models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', True)), _connector='OR'), name='sitting_minutes_at_a_moment')],
                'indexes': [models.Index(fields=['body', '-starts_at', '-id'], name='sitting_latest')],
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('measure', 'Measuring'), ('report', 'Report'), ('revision', 'Proposed revision'), ('decision', 'Decision'), ('budget', 'Budget change')], max_length=10, verbose_name='step')),
                ('due_on', models.DateField(verbose_name='day it is due')),
                ('done_at', models.DateTimeField(editable=False, null=True, verbose_name='done')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='public note')),
                ('i18n', modeltrans.fields.TranslationField(fields=('note',), required_languages=(), virtual_fields=True)),
                ('done_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='governance.review')),
            ],
            options={
                'verbose_name': 'step of a review',
                'verbose_name_plural': 'steps of reviews',
                'ordering': ['review_id', 'due_on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('review', 'step'), name='stage_once'), models.CheckConstraint(condition=models.Q(('step__in', ['measure', 'report', 'revision', 'decision', 'budget'])), name='stage_step_exists')],
            },
        ),
    ]),
        migrations.RunSQL(RESOLVED, UNRESOLVED),
        migrations.RunSQL(REPORTED, UNREPORTED),
    ]
