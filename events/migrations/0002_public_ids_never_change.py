"""Public ids are quoted in courts and newsrooms: the database refuses to change one."""

from django.db import migrations

from tracker.immutable import refuse_changes

TABLES = ["group", "page", "authority", "order", "blockevent", "erratum", "importbatch"]


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("tracker", "0002_facts_never_change")]

    operations = [refuse_changes(f"events_{table}", ["public_id"]) for table in TABLES]
