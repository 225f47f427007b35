"""Fingerprints that operators load: sets and their rows, which never change."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from tracker.immutable import refuse_changes

KINDS = [("http", "pages and headers"), ("dns", "answers of resolvers")]
SCOPES = [(scope, scope) for scope in ("nat", "isp", "prod", "inst", "vbw", "fp", "prov", "injb")]
PATTERN_KINDS = [(kind, kind) for kind in ("contains", "prefix", "full", "regexp")]

SET = "sha256 kind file_name n_rows n_kept never imported_at imported_by".split()
ROW = "set_id number name scope place kind pattern countries source".split()


def _one_of(field, choices, name):
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": sorted(value for value, _ in choices)}), name=name
    )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0006_captures_and_the_chain")]

    operations = [
        migrations.CreateModel(
            name="FingerprintSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(choices=KINDS, max_length=8)),
                ("file_name", models.CharField(max_length=255)),
                ("n_rows", models.PositiveIntegerField(verbose_name="rows")),
                ("n_kept", models.PositiveIntegerField(verbose_name="kept")),
                ("never", models.JSONField(blank=True, default=list)),
                ("imported_at", models.DateTimeField()),
                ("imported_by", models.CharField(blank=True, default="", max_length=150)),
                ("active_since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FingerprintRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("name", models.CharField(max_length=80)),
                ("scope", models.CharField(choices=SCOPES, max_length=8)),
                ("place", models.CharField(max_length=80)),
                ("kind", models.CharField(choices=PATTERN_KINDS, max_length=16, verbose_name="type")),
                ("pattern", models.TextField()),
                ("countries", models.JSONField(blank=True, default=list)),
                ("source", models.CharField(blank=True, default="", max_length=200)),
                (
                    "set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fingerprints",
                        to="tracker.fingerprintset",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="fingerprintset", constraint=_one_of("kind", KINDS, "fingerprint_set_kind_known")
        ),
        migrations.AddConstraint(
            model_name="fingerprintset",
            constraint=models.CheckConstraint(
                condition=Q(n_kept__lte=F("n_rows")), name="fingerprint_set_keeps_what_it_has"
            ),
        ),
        migrations.AddConstraint(
            model_name="fingerprintrow",
            constraint=models.UniqueConstraint(fields=("set", "number"), name="fingerprint_once_per_row"),
        ),
        migrations.AddConstraint(
            model_name="fingerprintrow", constraint=_one_of("scope", SCOPES, "fingerprint_scope_known")
        ),
        migrations.AddConstraint(
            model_name="fingerprintrow", constraint=_one_of("kind", PATTERN_KINDS, "fingerprint_kind_known")
        ),
        refuse_changes("tracker_fingerprintset", SET),
        refuse_changes("tracker_fingerprintrow", ROW),
    ]
