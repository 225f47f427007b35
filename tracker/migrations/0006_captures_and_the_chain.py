"""Where kept bytes lie in WARC files, what was thinned, and the chain over all that was stored."""

import django.db.models.deletion
from django.db import migrations, models

from tracker.immutable import refuse_changes

MEASUREMENT = (
    "public_id watch_id vantage_id role look control_id started_at seconds failed_stage failure "
    "http_status final_url title body_id capture_id canary_ok canary_faults outside facts schema_version"
).split()
EVIDENCE = "sha256 kind size media_type segment offset length stored_at".split()
LINK = "sequence kind subject content sha256 at".split()
COPY = "evidence_id segment offset length stored_at".split()
THINNING = "evidence_id link_id thinned_at".split()


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0005_platform_health'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChainLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(unique=True)),
                ('kind', models.CharField(choices=[('look', 'look'), ('thinning', 'thinning')], max_length=16)),
                ('subject', models.UUIDField(help_text='The look, or the name of the thinning.', unique=True)),
                ('content', models.CharField(max_length=64)),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='EvidenceCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('segment', models.CharField(max_length=100)),
                ('offset', models.PositiveBigIntegerField()),
                ('length', models.PositiveBigIntegerField()),
                ('stored_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'evidence copies',
            },
        ),
        migrations.CreateModel(
            name='Thinning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thinned_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='evidence',
            name='length',
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='evidence',
            name='offset',
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='evidence',
            name='segment',
            field=models.CharField(blank=True, default='', max_length=100),
        ),
        migrations.AddField(
            model_name='measurement',
            name='capture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.evidence'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='kind',
            field=models.CharField(choices=[('body', 'page body'), ('capture', 'capture'), ('certificate', 'certificate')], default='body', max_length=16),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['body', 'capture', 'certificate'])), name='evidence_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('length__isnull', True), ('offset__isnull', True), ('segment', '')), models.Q(models.Q(('segment', ''), _negated=True), ('length__isnull', False), ('offset__isnull', False)), _connector='OR'), name='evidence_span_whole'),
        ),
        migrations.AddConstraint(
            model_name='chainlink',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['look', 'thinning'])), name='chain_link_kind_known'),
        ),
        migrations.AddField(
            model_name='evidencecopy',
            name='evidence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='tracker.evidence'),
        ),
        migrations.AddField(
            model_name='thinning',
            name='evidence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thinnings', to='tracker.evidence'),
        ),
        migrations.AddField(
            model_name='thinning',
            name='link',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thinnings', to='tracker.chainlink'),
        ),
        migrations.AddConstraint(
            model_name='evidencecopy',
            constraint=models.CheckConstraint(condition=models.Q(('segment', ''), _negated=True), name='evidence_copy_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='thinning',
            constraint=models.UniqueConstraint(fields=('evidence', 'link'), name='thinning_once_a_link'),
        ),
        refuse_changes("tracker_evidence", EVIDENCE),
        refuse_changes("tracker_evidencecopy", COPY),
        refuse_changes("tracker_thinning", THINNING),
        refuse_changes("tracker_chainlink", LINK),
        refuse_changes("tracker_measurement", MEASUREMENT),
    ]
