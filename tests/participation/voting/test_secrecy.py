"""What somebody finds who has the whole database after the end of a vote: every table, every column, the order and age of rows, the files.

Twelve people each vote for an option that nobody else votes for, so that every ballot is as telling as a ballot can be; who votes for what is drawn. Then the
box is sealed, and everything is searched for the assignment.
"""

import random
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from psycopg import sql

from zenne.messaging.outbox.tasks import send_due
from zenne.participation.voting import actions, marks, queries, schedule, tasks
from zenne.participation.voting.models import Ballot, VoteKey

from .factories import AFTER, NOW, cast, resident, vote

VOTERS = 12
BOX = ("voting_ballot", "voting_votekey", "voting_voter", "voting_replaced")
LIVE = (*BOX, "voting_counterpass")


def let_go() -> None:
    """End what threads of other tests left open in this database: a transaction that might still read old rows keeps them alive. In a city it
    ends by itself, and `schedule.sweep_again` comes after it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and (backend_xmin is not null or backend_xid is not null)"
        )


@pytest.fixture
def held(transactional_db, client_for, clock_shows, mailbox):
    """A vote held over HTTP in which everybody's choice is known to the test, sealed and swept."""
    clock_shows(NOW)
    open_vote = vote(options=VOTERS)
    people = [resident(f"Voter {number}") for number in range(VOTERS)]
    options = list(range(1, VOTERS + 1))
    random.Random(20260615).shuffle(options)  # noqa: S311 - repeatable
    clients = {person.pk: client_for(person) for person in people}
    base = f"/fr/processes/{open_vote.process.slug}/votes/{open_vote.pk}/ballot/"
    for person in people[:4]:  # a change of mind leaves its traces too
        clients[person.pk].post(f"{base}cast/", {"o1": "1"})
    for person, number in zip(people, options, strict=True):
        clients[person.pk].get(base)
        clients[person.pk].post(base, {f"o{number}": "1"})
        answer = clients[person.pk].post(f"{base}cast/", {f"o{number}": "1"})
        assert answer.status_code == 302 and answer["Location"].startswith(f"{base}done/")
        clients[person.pk].get(f"{base}done/")
    clock_shows(NOW + timedelta(minutes=1))
    send_due()
    live = [*Ballot.objects.values("mark", "nonce", "leaf", "id"), {"key": bytes(VoteKey.objects.get().secret)}]
    choices = {person.pk: str(number) for person, number in zip(people, options, strict=True)}
    clock_shows(AFTER)
    assert actions.seal(open_vote, now=AFTER)
    tasks.sweep()
    return open_vote, choices, live, mailbox


def left_in_files(live: list[dict]) -> set[str]:
    """The tables of the box in whose files an old mark, nonce or key still stands."""
    secrets = [live[-1]["key"]] + [each[name].encode() for each in live[:-1] for name in ("mark", "nonce")]
    found = set()
    with connection.cursor() as cursor:
        for table in BOX:
            cursor.execute("select coalesce(pg_read_binary_file(pg_relation_filepath(%s), true), '')", [table])
            content = bytes(cursor.fetchone()[0])
            if any(secret in content for secret in secrets):
                found.add(table)
    return found


def rows_of_everything() -> dict[str, list[tuple[dict, dict]]]:
    """Every row of every table, as it stands and with its system columns."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
        for (table,) in cursor.fetchall():
            rows = "row_to_json(t), json_build_object('ctid', ctid::text, 'xmin', xmin::text, 'xmax', xmax::text)"
            cursor.execute(sql.SQL("select {} from {} t order by ctid").format(sql.SQL(rows), sql.Identifier(table)))
            found[table] = cursor.fetchall()
    return found


def as_number(ctid: str) -> tuple[int, ...]:
    return tuple(map(int, ctid.strip("()").split(",")))


def test_a_dump_after_the_end_ties_no_ballot_to_a_person(held):
    _vote, choices, live, _mailbox = held
    everything = rows_of_everything()
    box = everything["voting_sealedballot"]
    assert len(box) == VOTERS

    # nothing of the live box is left, and no secret of it stands anywhere else
    assert not everything["voting_ballot"] and not everything["voting_votekey"]
    secrets = {each[name] for each in live[:-1] for name in ("mark", "nonce")} | {live[-1]["key"].hex()}
    secrets |= {str(each["id"]) for each in live[:-1]}
    leaves = {each["leaf"] for each in live[:-1]}
    for table, rows in everything.items():
        text = "\n".join(str(row) for row, _system in rows)
        inside = table == "voting_sealedballot"
        assert not [secret for secret in secrets if secret in text and not inside], table
        assert inside or not [leaf for leaf in leaves if leaf in text], table

    # a sealed ballot has these columns and no other: no moment, no counter, no reference but to its vote
    assert {name for row, _system in box for name in row} == {
        "leaf",
        "vote_id",
        "channel",
        "district",
        "content",
        "nonce",
    }

    # all are of one age, in the order of their leaves, and of that age is nothing that names a person
    ages = {system["xmin"] for _row, system in box}
    assert len(ages) == 1 and {system["xmax"] for _row, system in box} == {"0"}
    order = [row["leaf"] for row, system in sorted(box, key=lambda each: as_number(each[1]["ctid"]))]
    assert order == sorted(order)
    people = {str(pk) for pk in choices}
    persons = {"person_id", "user_id", "actor_id", "author_id"}
    for table, rows in everything.items():
        for row, system in rows:
            if ages & {system["xmin"], system["xmax"]}:
                assert not [name for name in persons & set(row) if str(row[name]) in people], table


def test_no_order_of_any_table_is_the_order_of_the_ballots(held):
    """Whatever one sorts people by (rows, columns, ages), and whatever one sorts ballots by: the two never run alike, forwards or backwards."""
    _vote, choices, _live, _mailbox = held
    everything = rows_of_everything()
    box = everything["voting_sealedballot"]
    ballots = {
        tuple(row["content"]["choices"][0] for row, _s in sorted(box, key=key))
        for key in (
            lambda each: each[0]["leaf"],
            lambda each: each[0]["nonce"],
            lambda each: as_number(each[1]["ctid"]),
            lambda each: int(each[1]["xmin"]),
        )
    }
    ballots |= {each[::-1] for each in ballots}
    tried = 0
    for table, rows in everything.items():
        for name in {name for row, _system in rows for name in row}:
            mine = [(row, system) for row, system in rows if isinstance(row[name], int) and row[name] in choices]
            if {row[name] for row, _system in mine} != set(choices):
                continue
            columns = [column for column in mine[0][0] if all(row[column] is not None for row, _system in mine)]
            keys = [lambda each, column=column: str(each[0][column]) for column in columns]
            keys += [lambda each: as_number(each[1]["ctid"]), lambda each: int(each[1]["xmin"])]
            for key in keys:
                ordered = dict.fromkeys(row[name] for row, _system in sorted(mine, key=key))
                assert tuple(choices[person] for person in ordered) not in ballots, (table, name)
                tried += 1
    assert tried > 10  # people do stand in the database: accounts, addresses, sessions


def test_the_files_of_the_box_hold_no_dead_rows(held):
    """What `delete` leaves in a table's file is gone as well: somebody with the disk finds no old mark, nonce or key.

    The first sweep leaves what a transaction that is still open might read (PostgreSQL's own housekeeping is one); the next ones take it.
    """
    _vote, _choices, live, _mailbox = held
    for _hour in range(30):
        if not (found := left_in_files(live)):
            break
        let_go()
        schedule.sweep_again(0)
        time.sleep(1)
    assert not found


def test_nothing_that_waits_or_remembers_tells_how_somebody_voted(held):
    """Sessions, letters, tasks: none of them carries a code or a choice."""
    _vote, _choices, live, mailbox = held
    for session in Session.objects.all():
        said = str(session.get_decoded())
        assert "o1" not in said and not [each for each in live[:-1] if each["leaf"] in said]
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs")
        tasks_said = "\n".join(args for (args,) in cursor.fetchall())
        cursor.execute("select count(*) from outbox_letter where source = %s", [queries.RECEIPTS])
        assert cursor.fetchone()[0] == 0
    assert not [each for each in live[:-1] if each["leaf"] in tasks_said]
    # but every voter holds their code
    sent = "".join("".join(mailbox.text(number).split()) for number in range(len(mailbox)))
    assert all(each["leaf"] in sent for each in live[:-1])


@pytest.mark.django_db
def test_the_planner_keeps_no_sample_of_the_live_box():
    """PostgreSQL takes samples of values while a vote is open, by itself, and keeps those of a table that is empty again: there must be none."""
    for _number in range(4):
        open_vote = vote(options=2)
        cast(open_vote)
        cast(open_vote)
    with connection.cursor() as cursor:
        cursor.execute(f"analyze {', '.join(LIVE)}")
        cursor.execute("select tablename || '.' || attname from pg_stats where tablename = any(%s)", [[*LIVE]])
        sampled = {name for (name,) in cursor.fetchall()}
    assert "voting_ballot.channel" in sampled  # there was something to sample
    told = {"vote_id", "channel", "district_id"}
    assert not [name for name in sampled if name.partition(".")[2] not in told]


@pytest.mark.django_db
def test_no_column_of_the_box_is_a_counter_or_a_moment():
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name, data_type, is_identity, column_default from information_schema.columns"
            " where table_name = any(%s)",
            [[*BOX, "voting_sealedballot"]],
        )
        for table, column, kind, identity, default in cursor.fetchall():
            assert identity == "NO" and default is None, (table, column)
            assert "time" not in kind and kind != "date", (table, column)


@pytest.mark.django_db
def test_the_mark_of_a_person_differs_from_vote_to_vote():
    person = resident()
    one, other = vote(), vote()
    assert marks.of_person(marks.key_of(one), person) != marks.of_person(marks.key_of(other), person)
