"""Whether the rules still fit a platform, from where a look was made, and a way out in a wrong country."""

import django.db.models.deletion
from django.db import migrations, models

from tracker.immutable import refuse_changes

MEASUREMENT = (
    "public_id watch_id vantage_id role look control_id started_at seconds failed_stage failure "
    "http_status final_url title body_id canary_ok canary_faults outside facts schema_version"
).split()


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0004_looked_from_and_why_a_canary_failed"),
    ]

    operations = [
        migrations.AddField(
            model_name="measurement",
            name="outside",
            field=models.BooleanField(
                default=False,
                help_text="Looked from another country, for what the platform declares about this one.",
            ),
        ),
        migrations.AddField(
            model_name="vantagepoint",
            name="canary_wrong_country",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="PlatformHealth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("platform", models.CharField(max_length=32)),
                (
                    "alive_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("blocked", "blocked"),
                            ("likely_blocked", "likely blocked"),
                            ("removed", "removed"),
                            ("gone", "gone"),
                            ("restricted", "restricted"),
                            ("reachable", "reachable"),
                            ("down", "down"),
                            ("insufficient", "insufficient"),
                        ],
                        max_length=16,
                        null=True,
                    ),
                ),
                ("alive_rule_id", models.CharField(blank=True, max_length=64, null=True)),
                (
                    "missing_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("blocked", "blocked"),
                            ("likely_blocked", "likely blocked"),
                            ("removed", "removed"),
                            ("gone", "gone"),
                            ("restricted", "restricted"),
                            ("reachable", "reachable"),
                            ("down", "down"),
                            ("insufficient", "insufficient"),
                        ],
                        max_length=16,
                        null=True,
                    ),
                ),
                ("missing_rule_id", models.CharField(blank=True, max_length=64, null=True)),
                ("is_drifted", models.BooleanField(default=False)),
                ("since", models.DateTimeField(blank=True, help_text="Since when it is drifted.", null=True)),
                ("detail", models.CharField(blank=True, default="", max_length=300)),
                ("rules_version", models.CharField(blank=True, default="", max_length=32)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("next_check_at", models.DateTimeField()),
                (
                    "vantage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.vantagepoint",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "platform health",
                "constraints": [
                    models.UniqueConstraint(fields=("vantage", "platform"), name="platform_health_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "alive_state__in",
                                [
                                    "blocked",
                                    "down",
                                    "gone",
                                    "insufficient",
                                    "likely_blocked",
                                    "reachable",
                                    "removed",
                                    "restricted",
                                ],
                            ),
                            ("alive_state__isnull", True),
                            _connector="OR",
                        ),
                        name="platform_health_alive_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "missing_state__in",
                                [
                                    "blocked",
                                    "down",
                                    "gone",
                                    "insufficient",
                                    "likely_blocked",
                                    "reachable",
                                    "removed",
                                    "restricted",
                                ],
                            ),
                            ("missing_state__isnull", True),
                            _connector="OR",
                        ),
                        name="platform_health_missing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("alive_rule_id__isnull", True), ("alive_state__isnull", True)),
                            models.Q(("alive_rule_id__isnull", False), ("alive_state__isnull", False)),
                            _connector="OR",
                        ),
                        name="platform_health_alive_has_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("missing_rule_id__isnull", True), ("missing_state__isnull", True)),
                            models.Q(("missing_rule_id__isnull", False), ("missing_state__isnull", False)),
                            _connector="OR",
                        ),
                        name="platform_health_missing_has_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_drifted", False), ("since__isnull", True)),
                            models.Q(("is_drifted", True), ("since__isnull", False)),
                            _connector="OR",
                        ),
                        name="platform_health_drift_has_since",
                    ),
                ],
            },
        ),
        refuse_changes("tracker_measurement", MEASUREMENT),
    ]
