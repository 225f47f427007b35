"""Batches that know their rows and can be undone, files on their way in, and snapshots of registers."""

import django.db.models.deletion
import tracker.public_ids
from django.conf import settings
from django.db import migrations, models

from tracker.immutable import refuse_changes


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0007_drafts_of_forms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('outcome', models.CharField(choices=[('created', 'created'), ('updated', 'updated'), ('unchanged', 'unchanged')], max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name='ImportUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', tracker.public_ids.PublicIdField()),
                ('uploaded_at', models.DateTimeField()),
                ('file_name', models.CharField(max_length=300)),
                ('stored_as', models.CharField(blank=True, default='', max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('format', models.CharField(default='auto', max_length=32)),
                ('publish', models.BooleanField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting to be checked'), ('checking', 'being checked'), ('checked', 'checked'), ('refused', 'refused'), ('accepted', 'waiting to be imported'), ('importing', 'being imported'), ('imported', 'imported'), ('failed', 'failed'), ('dropped', 'dropped')], default='waiting', max_length=16)),
                ('state_since', models.DateTimeField()),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('found_format', models.CharField(blank=True, default='', max_length=32)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('created', models.PositiveIntegerField(default=0)),
                ('updated', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('closed', models.PositiveIntegerField(default=0)),
                ('reopened', models.PositiveIntegerField(default=0)),
                ('n_errors', models.PositiveIntegerField(default=0)),
                ('note', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.CreateModel(
            name='PreviewRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('outcome', models.CharField(choices=[('created', 'created'), ('updated', 'updated'), ('unchanged', 'unchanged'), ('error', 'error')], max_length=16)),
                ('field', models.CharField(blank=True, default='', max_length=100)),
                ('sentence', models.TextField(blank=True, default='')),
                ('label', models.CharField(blank=True, default='', max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=16)),
                ('key', models.CharField(max_length=32)),
                ('last_seen_at', models.DateTimeField()),
                ('missing_since', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'register entries',
            },
        ),
        migrations.CreateModel(
            name='RegisterSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=16)),
                ('of', models.DateTimeField(verbose_name='as of')),
                ('entries', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('taken', 'taken'), ('doubted', 'doubted'), ('parked', 'parked')], max_length=16)),
            ],
        ),
        migrations.AlterModelOptions(
            name='importbatch',
            options={'permissions': [('undo_importbatch', 'Can undo an import')], 'verbose_name_plural': 'import batches'},
        ),
        migrations.AddField(
            model_name='importbatch',
            name='state',
            field=models.CharField(choices=[('stored', 'stored'), ('parked', 'parked'), ('undone', 'undone')], default='stored', max_length=16),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undone_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undone_because',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['parked', 'stored', 'undone'])), name='batch_state_known'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_at__isnull', False), models.Q(('undone_because', ''), _negated=True)), models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at__isnull', True), ('undone_because', '')), _connector='OR'), name='batch_undone_has_reason'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='events.importbatch'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='event',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.blockevent'),
        ),
        migrations.AddField(
            model_name='importupload',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.importbatch'),
        ),
        migrations.AddField(
            model_name='importupload',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='previewrow',
            name='upload',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preview', to='events.importupload'),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='event',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='events.blockevent'),
        ),
        migrations.AddField(
            model_name='registersnapshot',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.importbatch'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['created', 'unchanged', 'updated'])), name='import_row_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='import_row_once'),
        ),
        migrations.AddIndex(
            model_name='importupload',
            index=models.Index(fields=['state', 'state_since'], name='upload_state'),
        ),
        migrations.AddConstraint(
            model_name='importupload',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['accepted', 'checked', 'checking', 'dropped', 'failed', 'imported', 'importing', 'refused', 'waiting'])), name='upload_state_known'),
        ),
        migrations.AddIndex(
            model_name='previewrow',
            index=models.Index(fields=['upload', 'outcome', 'id'], name='preview_outcome'),
        ),
        migrations.AddConstraint(
            model_name='previewrow',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['created', 'error', 'unchanged', 'updated'])), name='preview_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.UniqueConstraint(fields=('register', 'key'), name='register_entry_once'),
        ),
        migrations.AddIndex(
            model_name='registersnapshot',
            index=models.Index(fields=['register', '-of', '-id'], name='snapshot_newest'),
        ),
        migrations.AddConstraint(
            model_name='registersnapshot',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['doubted', 'parked', 'taken'])), name='snapshot_state_known'),
        ),
        # The table of batches was made anew, and its trigger was lost.
        refuse_changes("events_importbatch", ["public_id"]),
        refuse_changes("events_importupload", ["public_id"]),
    ]
