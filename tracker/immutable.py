"""Database triggers that refuse to change what must not change. Used by migrations, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.migrations.operations import RunPython

_FUNCTION = "stillblocked_refuse_change"


def refuse_changes(table: str, columns: Sequence[str]) -> RunPython:
    """A migration operation: from now on the database refuses an update that changes one of the columns.

    SQLite makes a table anew when a migration alters it, and the trigger is lost: such a migration must end with
    this operation again. It replaces a trigger that is there.
    """
    return RunPython(_installer(table, columns), _remover(table), elidable=False)


def trigger_name(table: str) -> str:
    return f"{table}_immutable"


def _installer(table: str, columns: Sequence[str]) -> Callable[[Any, Any], None]:
    def install(_apps: Any, schema_editor: Any) -> None:
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        _remover(table)(_apps, schema_editor)
        for statement in (_sqlite if is_sqlite else _postgres)(table, columns):
            schema_editor.execute(statement, params=None)

    return install


def _remover(table: str) -> Callable[[Any, Any], None]:
    def remove(_apps: Any, schema_editor: Any) -> None:
        on = "" if schema_editor.connection.vendor == "sqlite" else f' ON "{table}"'
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{trigger_name(table)}"{on}', params=None)

    return remove


def _sqlite(table: str, columns: Sequence[str]) -> list[str]:
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    return [
        f'CREATE TRIGGER "{trigger_name(table)}" BEFORE UPDATE ON "{table}" WHEN {changed} '
        f"BEGIN SELECT RAISE(ABORT, '{table}: these columns never change'); END"
    ]


def _postgres(table: str, columns: Sequence[str]) -> list[str]:
    # JSON has no equality; its text has.
    changed = " OR ".join(f'OLD."{column}"::text IS DISTINCT FROM NEW."{column}"::text' for column in columns)
    return [
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '%: these columns never change', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$",
        f'CREATE TRIGGER "{trigger_name(table)}" BEFORE UPDATE ON "{table}" FOR EACH ROW WHEN ({changed}) '
        f"EXECUTE FUNCTION {_FUNCTION}()",
    ]
