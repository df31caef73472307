from django.db import migrations, models
import django.db.models.deletion

TRIGGERS = """
create function ideas_tally_note() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into ideas_tally (process_id, ideas, supports, comments, answered)
        select process_id, count(*), sum(support_count), sum(comment_count), count(answered_at)
        from after where listed group by process_id;
    elsif tg_op = 'DELETE' then
        insert into ideas_tally (process_id, ideas, supports, comments, answered)
        select process_id, -count(*), -sum(support_count), -sum(comment_count), -count(answered_at)
        from before where listed group by process_id;
    else
        insert into ideas_tally (process_id, ideas, supports, comments, answered)
        select process_id, sum(sign), sum(sign * support_count), sum(sign * comment_count), sum(sign * (answered_at is not null)::int)
        from (
            select 1 as sign, process_id, support_count, comment_count, answered_at from after where listed
            union all
            select -1, process_id, support_count, comment_count, answered_at from before where listed
        ) as both_sides
        group by process_id
        having sum(sign) <> 0 or sum(sign * support_count) <> 0 or sum(sign * comment_count) <> 0
            or sum(sign * (answered_at is not null)::int) <> 0;
    end if;
    return null;
end $$;
create trigger ideas_tally_insert after insert on ideas_idea
    referencing new table as after for each statement execute function ideas_tally_note();
create trigger ideas_tally_update after update on ideas_idea
    referencing old table as before new table as after for each statement execute function ideas_tally_note();
create trigger ideas_tally_delete after delete on ideas_idea
    referencing old table as before for each statement execute function ideas_tally_note();
insert into ideas_tally (process_id, ideas, supports, comments, answered)
    select process_id, count(*), sum(support_count), sum(comment_count), count(answered_at) from ideas_idea where listed group by process_id;
"""
GONE = """
drop trigger ideas_tally_insert on ideas_idea;
drop trigger ideas_tally_update on ideas_idea;
drop trigger ideas_tally_delete on ideas_idea;
drop function ideas_tally_note();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("ideas", "0003_comment_moderation"),
        ("processes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ideas", models.BigIntegerField(default=0)),
                ("supports", models.BigIntegerField(default=0)),
                ("comments", models.BigIntegerField(default=0)),
                ("answered", models.BigIntegerField(default=0)),
                (
                    "process",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="processes.process"),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.RunSQL(TRIGGERS, GONE),
        migrations.AddIndex(
            model_name="officialanswer",
            index=models.Index(fields=["-published_at", "-id"], name="idea_answer_newest"),
        ),
    ]
