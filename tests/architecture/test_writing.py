"""Facts cannot be rewritten, history cannot be walked around, and models and migrations agree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from events.models.tracked import WritesAroundHistory
from tests.services.installation import ROOT
from tracker.immutable import trigger_name

_WRITES = {"create", "bulk_create", "update", "bulk_update", "get_or_create", "update_or_create", "delete"}
_MANAGERS = {"objects", "_default_manager", "_base_manager"}

OURS = [
    model for label in ("tracker", "events", "accounts") for model in apps.get_app_config(label).get_models()
]
OWN = [model for model in OURS if not model.__name__.startswith("Historical")]
TRACKED = [model for model in OWN if hasattr(model, "history")]
FACTS = {
    "tracker_measurement",
    "tracker_verdict",
    "tracker_statuschange",
    "tracker_evidence",
    "tracker_target",
    "tracker_fingerprintset",
    "tracker_fingerprintrow",
    "accounts_accountchange",
}


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_the_database_itself_refuses_to_change_facts_and_public_ids() -> None:
    with_public_id = {
        m._meta.db_table for m in OWN if any(f.name == "public_id" for f in m._meta.get_fields())
    }
    assert len(with_public_id) > 8
    wanted = {trigger_name(table) for table in with_public_id | FACTS}
    assert wanted <= _triggers()


def _triggers() -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_nothing_writes_around_the_history_of_a_researchers_table(model: type[models.Model]) -> None:
    manager = model._default_manager
    with pytest.raises(WritesAroundHistory):
        manager.update(pk=1)
    with pytest.raises(WritesAroundHistory):
        manager.filter(pk=1).update(pk=1)
    with pytest.raises(WritesAroundHistory):
        manager.bulk_create([])
    with pytest.raises(WritesAroundHistory):
        manager.bulk_update([], ["pk"])


@pytest.mark.parametrize("app", ["tracker", "events"])
def test_only_operations_write(app: str) -> None:
    names = {model.__name__ for model in OWN}
    files = [path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    files += (ROOT / "config").rglob("*.py")
    outside = [path for path in files if "operations" not in path.relative_to(ROOT).parts]
    assert len(outside) > 20
    assert [write for path in outside for write in _writes(path, names)] == []


def _writes(path: Path, models: set[str]) -> Iterator[str]:
    """Calls such as ``Watch.objects.filter(…).update(…)`` on a model of ours."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _WRITES:
            chain = _chain(node.func.value)
            if chain[0] in models and _MANAGERS & set(chain):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {chain[0]} … {node.func.attr}"


def _chain(node: ast.expr) -> list[str]:
    """The names along ``A.b(…).c``, from the left; empty text where it begins with something else."""
    if isinstance(node, ast.Call):
        return _chain(node.func)
    if isinstance(node, ast.Attribute):
        return [*_chain(node.value), node.attr]
    return [node.id if isinstance(node, ast.Name) else ""]


@pytest.mark.parametrize("model", [m for m in OWN if m._meta.app_label == "events"], ids=lambda m: m.__name__)
def test_the_tracker_knows_nothing_of_what_points_down_at_it(model: type[models.Model]) -> None:
    down = [
        field
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.model._meta.app_label == "tracker"
    ]
    assert [field.name for field in down if not field.remote_field.hidden] == []
