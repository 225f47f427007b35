"""What the events that are there are compared by; ``manage.py make_search_texts`` also finds their duplicates."""

from typing import Any

from django.db import migrations

from events.operations.searching import make_all_search_texts


def make_texts(apps: Any, schema_editor: Any) -> None:
    make_all_search_texts(get_model=apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("events", "0009_desk_lists")]

    operations = [migrations.RunPython(make_texts, migrations.RunPython.noop)]
