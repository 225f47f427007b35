"""What was seen and what it meant are added and never changed; public ids are quoted for ever."""

from django.db import migrations

from tracker.immutable import refuse_changes

MEASUREMENT = (
    "public_id watch_id vantage_id role look control_id started_at seconds failed_stage failure "
    "http_status final_url title body_id canary_ok facts schema_version"
).split()
VERDICT = "measurement_id rules_version rule_id state mechanism failed_stage failure notice fingerprint judged_at".split()
CHANGE = "public_id watch_id old new mechanism rule_id verdict_id earliest_at at recorded_at".split()


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_initial")]

    operations = [
        refuse_changes("tracker_measurement", MEASUREMENT),
        refuse_changes("tracker_verdict", VERDICT),
        refuse_changes("tracker_statuschange", CHANGE),
        refuse_changes("tracker_evidence", ["sha256", "kind", "size", "media_type", "stored_at"]),
        refuse_changes("tracker_target", ["url"]),
        refuse_changes("tracker_watch", ["public_id", "target_id", "territory"]),
    ]
