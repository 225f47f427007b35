"""Which vantage points looked at a watch stands in its row, and in a measurement what was wrong with its own."""

from collections import defaultdict

from django.db import migrations, models

from tracker.immutable import refuse_changes

MEASUREMENT = (
    "public_id watch_id vantage_id role look control_id started_at seconds failed_stage failure "
    "http_status final_url title body_id canary_ok canary_faults facts schema_version"
).split()


def fill(apps, schema_editor):
    looked_from = defaultdict(list)
    experiments = apps.get_model("tracker", "Measurement").objects.filter(role="experiment")
    for watch_id, vantage_id in experiments.order_by().values_list("watch_id", "vantage_id").distinct():
        looked_from[watch_id].append(vantage_id)
    for watch_id, vantage_ids in looked_from.items():
        apps.get_model("tracker", "Watch").objects.filter(pk=watch_id).update(
            looked_from=vantage_ids, n_vantages=len(vantage_ids)
        )
    experiments.filter(verdicts__rule_id="vantage_no_internet").update(canary_faults=["no_internet"])


class Migration(migrations.Migration):
    dependencies = [("tracker", "0003_measurements_of_endpoints")]

    operations = [
        migrations.AddField(
            model_name="watch",
            name="looked_from",
            field=models.JSONField(
                blank=True, default=list, help_text="The ids of the vantage points of all experiments so far."
            ),
        ),
        migrations.AddField(
            model_name="measurement",
            name="canary_faults",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="What was wrong besides, as fields of ``Canary``: no_internet …",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        refuse_changes("tracker_watch", ["public_id", "target_id", "territory"]),
        refuse_changes("tracker_measurement", MEASUREMENT),
    ]
