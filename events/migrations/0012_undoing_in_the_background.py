"""Undoing an import is asked for by a person and done by a worker."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tracker.immutable import refuse_changes


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0011_intakes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='importbatch',
            options={'verbose_name_plural': 'import batches'},
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undo_asked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undo_asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undo_because',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undo_refused',
            field=models.TextField(blank=True, default=''),
        ),
        # The table was made anew, and its trigger was lost.
        refuse_changes("events_importbatch", ["public_id"]),
    ]
