"""What is remembered of platforms for the sake of belief, and whether vantage points contradict each other."""

from django.db import migrations, models
from django.db.models import F, Q

from tracker.immutable import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("tracker", "0007_fingerprint_sets")]

    operations = [
        migrations.CreateModel(
            name="PlatformRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("platform", models.CharField(max_length=32, unique=True)),
                (
                    "lessons",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="How often looks repeated a mistake, and how often they denied it.",
                    ),
                ),
                ("frozen_since", models.DateTimeField(blank=True, null=True)),
                ("frozen_because", models.CharField(blank=True, default="", max_length=300)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("released_by", models.CharField(blank=True, default="", max_length=150)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(released_at__isnull=True)
                        | Q(frozen_since__isnull=False, released_at__gte=F("frozen_since")),
                        name="platform_released_after_freeze",
                    ),
                    models.CheckConstraint(
                        condition=Q(released_by="") | Q(released_at__isnull=False),
                        name="platform_released_by_somebody_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="watch",
            name="mixed",
            field=models.BooleanField(
                default=False,
                help_text="Vantage points of the territory contradict each other, each sure by itself.",
            ),
        ),
        migrations.AlterField(
            model_name="watch",
            name="looked_from",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="The ids of the vantage points of all experiments so far, in the order of their last.",
            ),
        ),
        refuse_changes("tracker_watch", ["public_id", "target_id", "territory"]),
    ]
