"""The search texts of the rows that are there, and an index for finding pieces of words in them."""

from typing import Any

from django.db import migrations

from events.operations.searching import make_all_search_texts

TABLES = [f"events_{noun}text" for noun in ("event", "group", "page", "authority", "order")]


def index_pieces(apps: Any, schema_editor: Any) -> None:
    """On PostgreSQL an index of trigrams, where its extension can be had; SQLite reads a hundred thousand texts
    in the time that a page takes anyway."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if cursor.fetchone() is None:
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for table in TABLES:
            cursor.execute(f'CREATE INDEX "{table}_pieces" ON "{table}" USING gin (text gin_trgm_ops)')


def make_texts(apps: Any, schema_editor: Any) -> None:
    make_all_search_texts(get_model=apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("events", "0004_search_texts")]

    operations = [
        migrations.RunPython(index_pieces, migrations.RunPython.noop),
        migrations.RunPython(make_texts, migrations.RunPython.noop),
    ]
