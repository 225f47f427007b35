"""What notices propose of the orders of events; a reading is added and never changed, but for the decision."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tracker.public_ids
from tracker.immutable import refuse_changes

READING = "public_id event_id measurement_id notice notice_key reason proposed_at".split()


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_public_ids_never_change"),
        ("tracker", "0007_fingerprint_sets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=32, unique=True)),
                ("verdict", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="OrderProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", tracker.public_ids.PublicIdField()),
                ("notice", models.JSONField()),
                ("notice_key", models.CharField(max_length=64)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("filled", "nobody had entered an order or an authority"),
                            ("not_a_draft", "the event is no draft any more"),
                            ("entered", "somebody has entered an order or an authority"),
                            ("suspect", "a value of the notice looks wrong"),
                            ("incomplete", "the notice does not state authority, number and date"),
                        ],
                        max_length=16,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("filled", "filled in by itself"),
                            ("accepted", "accepted"),
                            ("dismissed", "dismissed"),
                        ],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="events.blockevent",
                    ),
                ),
                (
                    "measurement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.measurement",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["event"], name="proposal_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "notice_key"), name="proposal_once_per_notice"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["accepted", "dismissed", "filled", "open"])),
                        name="proposal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["entered", "filled", "incomplete", "not_a_draft", "suspect"])
                        ),
                        name="proposal_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("notice_key", ""), _negated=True), name="proposal_has_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "open")
                            ),
                            models.Q(
                                models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="proposal_decided_has_time",
                    ),
                ],
            },
        ),
        refuse_changes("events_orderproposal", READING),
    ]
