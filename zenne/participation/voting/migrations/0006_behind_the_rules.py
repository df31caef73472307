from django.db import migrations, models


# The same rule as `counting/funding.py`: amounts stand as they are, parts divide what they leave, and nothing is left over or lacking.
MONEY = """
create function voting_hold_money() returns trigger language plpgsql as $$
declare
    concerned bigint;
begin
    if tg_table_name = 'voting_vote' then
        concerned := new.activity_id;
    elsif tg_table_name = 'voting_contribution' then
        select vote_id into concerned from voting_contributor
            where id = case when tg_op = 'DELETE' then old.contributor_id else new.contributor_id end;
    else
        concerned := case when tg_op = 'DELETE' then old.vote_id else new.vote_id end;
    end if;
    if not exists (select from voting_contributor where vote_id = concerned)
        or not exists (select from voting_voter where vote_id = concerned) then
        return null;
    end if;
    if exists (
        with vote as (
            select * from voting_vote where activity_id = concerned and count in ('greedy', 'greedy-cost', 'equal-shares', 'phragmen')
        ), purse as (
            select null::bigint as district_id, budget_cents from vote where districts_mode = 'none'
            union all
            select district.id, district.budget_cents from voting_district district join vote on vote.activity_id = district.vote_id
                where vote.districts_mode <> 'none'
        )
        select from purse
            join voting_contribution brought on brought.district_id is not distinct from purse.district_id
            join voting_contributor who on who.id = brought.contributor_id and who.vote_id = concerned
            where purse.budget_cents > 0
            group by purse.district_id, purse.budget_cents
            having coalesce(sum(brought.cents), 0) > purse.budget_cents
                or (coalesce(sum(brought.cents), 0) < purse.budget_cents) <> (count(brought.parts) > 0)
    ) then
        raise exception 'what the contributors of vote % bring is not its budget', concerned
            using errcode = 'check_violation', constraint = 'vote_money_closes';
    end if;
    return null;
end $$;
create constraint trigger voting_hold_money after insert or update or delete on voting_contribution
    deferrable initially deferred for each row execute function voting_hold_money();
create constraint trigger voting_hold_money after update of budget_cents, districts_mode, count on voting_vote
    deferrable initially deferred for each row execute function voting_hold_money();
create constraint trigger voting_hold_money after insert or delete or update of budget_cents, vote_id on voting_district
    deferrable initially deferred for each row execute function voting_hold_money();
create constraint trigger voting_hold_money after insert on voting_voter
    deferrable initially deferred for each row execute function voting_hold_money();
"""
NO_MONEY = """
drop trigger voting_hold_money on voting_contribution;
drop trigger voting_hold_money on voting_vote;
drop trigger voting_hold_money on voting_district;
drop trigger voting_hold_money on voting_voter;
drop function voting_hold_money;
"""
# A remark was written in the language of whoever wrote it; that of the ballots is the best guess.
REMARKS = "update voting_paperbatch set remarks = jsonb_build_object(language, remark) where remark <> ''"
NO_REMARKS = """update voting_paperbatch
    set remark = coalesce(remarks ->> language, (select value from jsonb_each_text(remarks) limit 1)) where remarks <> '{}'"""
LINES = "update voting_paperentry set line = case void when 'unreadable' then 'u' when 'marked' then 'm' when 'not-ours' then 'x' else '' end where void <> ''"


class Migration(migrations.Migration):

    dependencies = [
        ('voting', '0005_contributors'),
    ]

    operations = [
        migrations.AddField(
            model_name='paperentry',
            name='line',
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.RunSQL(LINES, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='paperbatch',
            name='batch_settled_or_explained',
        ),
        migrations.AddField(
            model_name='paperbatch',
            name='remarks',
            field=models.JSONField(blank=True, default=dict, verbose_name='remark for the minutes'),
        ),
        migrations.RunSQL(REMARKS, NO_REMARKS),
        migrations.RemoveField(
            model_name='paperbatch',
            name='remark',
        ),
        migrations.RenameField(
            model_name='paperbatch',
            old_name='remarks',
            new_name='remark',
        ),
        migrations.AddConstraint(
            model_name='paperbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'settled'), _negated=True), models.Q(('settled_at__isnull', False), models.Q(('issued', models.F('returned')), models.Q(('remark', {}), _negated=True), _connector='OR')), _connector='OR'), name='batch_settled_or_explained'),
        ),
        migrations.RunSQL(MONEY, NO_MONEY),
    ]
