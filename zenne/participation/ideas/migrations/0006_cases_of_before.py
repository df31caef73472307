"""Moderators' cases that were gathered from reports and decisions of before (`moderation` 0002) learn whose words they are about and in which process:
their authors find the decision and may appeal, public figures count them, and the placeholder of a hidden comment names its ground."""

from django.db import migrations

OF_COMMENTS = """
    update moderation_case gathered set author_id = written.author_id, process = phase.process_id
    from comments_comment written
    join processes_activity activity on activity.id = written.activity_id
    join processes_phase phase on phase.id = activity.phase_id
    join django_content_type kind on (kind.app_label, kind.model) = ('comments', 'comment')
    where gathered.process is null and gathered.about_type_id = kind.id and gathered.about_id = written.id
"""
OF_IDEAS = """
    update moderation_case gathered set author_id = written.author_id, process = written.process_id
    from ideas_idea written
    join django_content_type kind on (kind.app_label, kind.model) = ('ideas', 'idea')
    where gathered.process is null and gathered.about_type_id = kind.id and gathered.about_id = written.id
"""
GROUNDS = """
    update comments_comment written set hidden_for = last.ground
    from (
        select distinct on (about.about_id) about.about_id, decision.ground
        from moderation_decision decision
        join moderation_case about on about.id = decision.case_id
        join django_content_type kind on (kind.app_label, kind.model) = ('comments', 'comment')
        where about.about_type_id = kind.id and decision.verdict = 'hidden'
        order by about.about_id, decision.decided_at desc, decision.id desc
    ) last
    where last.about_id = written.id and written.state = 'hidden' and written.hidden_for = ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0005_newest_anywhere"),
        ("comments", "0003_errands"),
        ("moderation", "0002_cases"),
        ("processes", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunSQL([OF_COMMENTS, OF_IDEAS, GROUNDS], migrations.RunSQL.noop)]
