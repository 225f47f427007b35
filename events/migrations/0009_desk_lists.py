"""What is kept of the work over lists; and what events are compared by, to find duplicates."""

import django.db.models.deletion
import tracker.public_ids

from tracker.immutable import refuse_changes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_imports_and_registers"),
        ("tracker", "0008_platform_records_and_mixed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", tracker.public_ids.PublicIdField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("publish", "publish"),
                            ("review", "send to review"),
                            ("withdraw", "withdraw"),
                            ("category", "set the category of the reason"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("because", models.TextField(blank=True, default="", verbose_name="why")),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="BulkChangeRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.JSONField(verbose_name="was before")),
                ("version", models.PositiveBigIntegerField(verbose_name="version left")),
                ("undone", models.BooleanField(default=False)),
                (
                    "why_not",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="why it was not undone"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "query",
                    models.CharField(blank=True, default="", max_length=2000, verbose_name="what it shows"),
                ),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared with all")),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SeenChange",
            fields=[
                (
                    "change",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="tracker.statuschange",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Twin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("page", "the same page"),
                            ("order", "the same order and group"),
                            ("name", "nearly the same name"),
                        ],
                        max_length=16,
                        verbose_name="likeness",
                    ),
                ),
                ("dismissed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="eventtext",
            name="has_page",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="eventtext",
            name="likeness",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Platform and name of the group, to find duplicates by.",
                max_length=200,
            ),
        ),
        migrations.AddIndex(
            model_name="eventtext",
            index=models.Index(fields=["likeness", "has_page", "of"], name="event_text_likeness"),
        ),
        migrations.AddField(
            model_name="bulkchange",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="bulkchange",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="bulkchangerow",
            name="bulk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changed", to="events.bulkchange"
            ),
        ),
        migrations.AddField(
            model_name="bulkchangerow",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="events.blockevent"
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="seenchange",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="twin",
            name="dismissed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="twin",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="events.blockevent"
            ),
        ),
        migrations.AddField(
            model_name="twin",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="events.blockevent"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["category", "publish", "review", "withdraw"])),
                name="bulk_change_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkchangerow",
            constraint=models.UniqueConstraint(fields=("bulk", "event"), name="bulk_change_row_once"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="saved_view_once_per_person"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="saved_view_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.UniqueConstraint(fields=("event", "other"), name="twin_once"),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.CheckConstraint(
                condition=models.Q(("event__lt", models.F("other"))), name="twin_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__in", ["name", "order", "page"])), name="twin_reason_known"
            ),
        ),
        refuse_changes("events_bulkchange", ["public_id"]),
    ]
