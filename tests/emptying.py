"""Takes back what a test committed, so that the next one finds the database as the migrations leave it.

A new copy of the template costs half a second of processor time, a test that commits writes to some thirty of 270 tables. So their rows go, what the
migrations had written comes back, sequences begin where they began. Where that is not enough (a test made or dropped a table), `AsMigrated.restore`
says so, and the caller makes a new copy.
"""

from typing import Any

import psycopg
from psycopg import sql

IN_USE = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0 order by 1"
SEQUENCES = "select sequencename, last_value from pg_sequences where schemaname = 'public'"
DIGEST = "select count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text from {} t"
SHAPE = """
    select (select count(*) || ' ' || sum(hashtextextended(concat(oid, relname, relkind, relnatts, relchecks, reloptions), 0))
              from pg_class where relnamespace = 'public'::regnamespace),
           (select count(*) || ' ' || sum(hashtextextended(concat(oid, attnum, attname, atttypid, attnotnull), 0))
              from pg_attribute join pg_class on attrelid = oid where relnamespace = 'public'::regnamespace and attnum > 0),
           (select count(*) || ' ' || sum(hashtextextended(concat(oid, conname, conrelid, convalidated), 0)) from pg_constraint),
           (select count(*) || ' ' || sum(hashtextextended(concat(oid, tgrelid, tgname, tgenabled), 0)) from pg_trigger),
           (select count(*) || ' ' || sum(hashtextextended(concat(oid, proname, prosrc), 0))
              from pg_proc where pronamespace = 'public'::regnamespace),
           (select count(*)::text from pg_largeobject_metadata)
"""


class AsMigrated:
    """What stands in a database that nobody has used yet, and how it comes to stand there again."""

    def __init__(self, url: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            self.shape = connection.execute(SHAPE).fetchone()
            self.sequences = dict(connection.execute(SEQUENCES).fetchall())
            self.digests = {name: self._digest(connection, name) for name in self._in_use(connection)}
            self.rows = {name: self._copy_out(connection, name) for name, digest in self.digests.items() if digest[0]}

    def restore(self, url: str) -> bool:
        """Take everything back; False, and nothing done, when the tables are no longer those of the migrations."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"
            )
            if connection.execute(SHAPE).fetchone() != self.shape:
                return False
            with connection.transaction():
                # neither triggers, which keep some rows for ever, nor foreign keys: in the end everything is as it was
                connection.execute("set local session_replication_role = replica")
                self._take_back(connection)
                self._begin_sequences_anew(connection)
        return True

    def _take_back(self, connection: psycopg.Connection[Any]) -> None:
        used = self._in_use(connection)
        known = [name for name in used if name in self.rows]
        changed = [name for name in known if self._digest(connection, name) != self.digests[name]]
        changed += [name for name in self.rows if name not in used]
        strays = [name for name in used if name not in self.rows]
        if doomed := strays + changed:
            connection.execute(
                sql.SQL("; ").join(sql.SQL("delete from {}").format(sql.Identifier(name)) for name in doomed)
            )
        for name in changed:
            with connection.cursor().copy(
                sql.SQL("copy {} from stdin (format binary)").format(sql.Identifier(name))
            ) as copy:
                copy.write(self.rows[name])

    def _begin_sequences_anew(self, connection: psycopg.Connection[Any]) -> None:
        for name, value in connection.execute(SEQUENCES).fetchall():
            before = self.sequences[name]
            if value == before:
                continue
            sequence = sql.Identifier(name)
            if before is None:
                connection.execute(sql.SQL("alter sequence {} restart").format(sequence))
            else:
                connection.execute(
                    sql.SQL("select setval({}::regclass, {})").format(sql.Literal(name), sql.Literal(before))
                )

    @staticmethod
    def _in_use(connection: psycopg.Connection[Any]) -> list[str]:
        """The tables whose files hold anything: rows, or what is left of rows that were taken back."""
        return [name for (name,) in connection.execute(IN_USE).fetchall()]

    @staticmethod
    def _digest(connection: psycopg.Connection[Any], name: str) -> tuple[int, str]:
        found: Any = connection.execute(sql.SQL(DIGEST).format(sql.Identifier(name))).fetchone()
        return found[0], found[1]

    @staticmethod
    def _copy_out(connection: psycopg.Connection[Any], name: str) -> bytes:
        with connection.cursor().copy(
            sql.SQL("copy {} to stdout (format binary)").format(sql.Identifier(name))
        ) as copy:
            return b"".join(bytes(part) for part in copy)
