import django.db.models.deletion
from django.db import migrations, models

PUBLISHED = """
update decisions_decision as decision set published_at = selection.published_at
    from selections_selection as selection where selection.id = decision.selection_id;
set constraints all immediate;
"""
# what a body decided about something else than ideas has no selection that keeps it: it keeps itself
STANDS = """
create function decisions_decision_stands() returns trigger language plpgsql as $$
begin
    if old.published_at is not null and old.process_id is null and new is distinct from old then
        raise exception 'decision % is published and never changes', old.id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger decision_stands before update on decisions_decision for each row execute function decisions_decision_stands();
"""
FALLS = "drop trigger decision_stands on decisions_decision; drop function decisions_decision_stands();"


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0002_promises_of_any_origin'),
        ('organisations', '0001_initial'),
        ('processes', '0003_alter_permission_action'),
        ('selections', '0001_initial'),
        ('wagtaildocs', '0014_alter_document_file_size'),
    ]

    operations = [
        migrations.AddField(
            model_name='body',
            name='role',
            field=models.CharField(choices=[('college', 'College or government'), ('council', 'Council or parliament'), ('directors', 'Committee of directors'), ('cell', 'Cell that carries the strategy'), ('steering', 'Steering committee'), ('think_tank', 'Think tank'), ('department', 'Department'), ('partner', 'Partner'), ('other', 'Another body')], default='other', max_length=10, verbose_name='what it is'),
        ),
        migrations.AddField(
            model_name='decision',
            name='published_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='published'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='process',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='processes.process', verbose_name='process'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='source',
            field=models.ForeignKey(blank=True, help_text='What a vote, a jury or a study kept. Leave it empty where the body decides about something else than ideas.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions_about', to='selections.selection', verbose_name='decides about'),
        ),
        migrations.RunSQL(PUBLISHED, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['-published_at', '-id'], name='decision_newest'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['college', 'council', 'directors', 'cell', 'steering', 'think_tank', 'department', 'partner', 'other'])), name='body_role_exists'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('process__isnull', True), ('selection__isnull', True), ('source__isnull', True)), models.Q(('process__isnull', False), ('published_at__isnull', True), ('selection__isnull', True), ('source__isnull', False)), models.Q(('process__isnull', False), ('published_at__isnull', False), ('selection__isnull', False), ('source__isnull', False)), _connector='OR'), name='decision_about_ideas_or_not'),
        ),
        migrations.RunSQL(STANDS, FALLS),
    ]
