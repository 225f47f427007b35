"""A second pair of eyes, an embargo, and a word with each step. The tables are made anew, so their triggers too."""

from django.conf import settings
from django.db import migrations, models

from tracker.immutable import refuse_changes


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0005_search_texts_made"),
        ("tracker", "0008_platform_records_and_mixed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="blockevent",
            options={
                "permissions": [
                    ("view_every_draft", "Can see every draft, every history and all internal notes"),
                    ("publish_blockevent", "Can publish block events that are not sensitive"),
                    ("review_blockevent", "Can publish sensitive block events, withdraw and return any"),
                ]
            },
        ),
        migrations.AddField(
            model_name="blockevent",
            name="embargoed_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Until then nobody outside sees it, even when it is published.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="blockevent",
            name="is_sensitive",
            field=models.BooleanField(
                default=False, help_text="Somebody may come to harm: only a second person can publish it."
            ),
        ),
        migrations.AddField(
            model_name="blockevent",
            name="review_comment",
            field=models.TextField(
                blank=True, default="", help_text="What was said with the last step; never leaves the admin."
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="is_sensitive",
            field=models.BooleanField(
                default=False,
                help_text="Somebody may come to harm: only a second person can publish its events.",
            ),
        ),
        migrations.AddField(
            model_name="historicalblockevent",
            name="embargoed_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Until then nobody outside sees it, even when it is published.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="historicalblockevent",
            name="is_sensitive",
            field=models.BooleanField(
                default=False, help_text="Somebody may come to harm: only a second person can publish it."
            ),
        ),
        migrations.AddField(
            model_name="historicalblockevent",
            name="review_comment",
            field=models.TextField(
                blank=True, default="", help_text="What was said with the last step; never leaves the admin."
            ),
        ),
        migrations.AddField(
            model_name="historicalgroup",
            name="is_sensitive",
            field=models.BooleanField(
                default=False,
                help_text="Somebody may come to harm: only a second person can publish its events.",
            ),
        ),
        migrations.AddConstraint(
            model_name="blockevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    ("withdrawn_at__gte", models.F("published_at")),
                    _connector="OR",
                ),
                name="event_withdrawn_after_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="blockevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("embargoed_until__isnull", True),
                    ("published_at__isnull", True),
                    ("published_at__gte", models.F("embargoed_until")),
                    _connector="OR",
                ),
                name="event_published_after_embargo",
            ),
        ),
        refuse_changes("events_group", ["public_id"]),
        refuse_changes("events_blockevent", ["public_id"]),
    ]
