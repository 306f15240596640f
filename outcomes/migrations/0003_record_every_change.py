import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0002_remember_makers_and_close_releases"),
        ("partners", "0002_record_every_change"),
        ("programmes", "0002_record_every_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CollectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False)),
                ("name", models.CharField(max_length=120)),
                (
                    "guidance",
                    models.TextField(blank=True, help_text="What to send, in plain English."),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("month", "Monthly"),
                            ("quarter", "Quarterly"),
                            ("year", "Yearly"),
                        ],
                        default="month",
                        max_length=10,
                    ),
                ),
                ("due_working_days", models.PositiveSmallIntegerField(default=15)),
                ("accepts_from", models.DateField(help_text="The first period partners may send.")),
                (
                    "asks_from",
                    models.DateField(help_text="The first period partners are asked for."),
                ),
                ("asks_to", models.DateField(blank=True, null=True)),
                (
                    "partnership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partnership",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.collection",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CollectionMeasureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.measure",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CollectionOrganisationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportProfileEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                (
                    "header",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        help_text="The columns the file must have, in lower case.",
                        size=None,
                    ),
                ),
                ("mapping", models.JSONField()),
                (
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.importprofile",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MeasureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False)),
                ("name", models.CharField(max_length=160)),
                ("description", models.TextField(help_text="What it tells you, in plain English.")),
                ("caveats", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("count", "Count"),
                            ("proportion", "Proportion"),
                            ("rate", "Rate"),
                            ("mean", "Mean"),
                            ("money", "Money"),
                        ],
                        max_length=12,
                    ),
                ),
                ("numerator_label", models.CharField(max_length=160)),
                ("denominator_label", models.CharField(blank=True, max_length=160)),
                ("multiplier", models.PositiveIntegerField(default=1)),
                (
                    "unit",
                    models.CharField(
                        help_text="Said after the number, such as % or people.", max_length=80
                    ),
                ),
                (
                    "sentence_subject",
                    models.CharField(
                        help_text="Completes “In May 2026, 84% …”: “of people were seen within 4 hours”.",
                        max_length=160,
                    ),
                ),
                ("decimals", models.PositiveSmallIntegerField(default=0)),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("increase", "Higher is better"),
                            ("decrease", "Lower is better"),
                            ("neutral", "Neither is better"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("month", "Monthly"),
                            ("quarter", "Quarterly"),
                            ("year", "Yearly"),
                        ],
                        default="month",
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("next_review_on", models.DateField(blank=True, null=True)),
                ("about_people", models.BooleanField(default=True)),
                (
                    "disclosure",
                    models.CharField(
                        choices=[
                            ("suppress_and_round", "Hide small numbers and round the others"),
                            ("exact", "Show exact numbers"),
                        ],
                        default="suppress_and_round",
                        max_length=20,
                    ),
                ),
                ("disclosure_reason", models.CharField(blank=True, max_length=300)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partnership",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ObservationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("period", models.DateField()),
                ("numerator", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                ("denominator", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("value", "Value"),
                            ("zero", "True zero"),
                            ("not_applicable", "Not applicable"),
                            ("not_collected", "Not collected"),
                            ("late", "Late"),
                            ("suppressed", "Hidden by the source"),
                        ],
                        default="value",
                        max_length=14,
                    ),
                ),
                ("proportion", models.BooleanField(default=False)),
                (
                    "source_row",
                    models.PositiveIntegerField(
                        help_text="The row in the uploaded file.", null=True
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.category",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.observation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.place",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.submission",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RebaseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("period", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.rebase",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReleaseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("title", models.CharField(max_length=160)),
                ("note", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("scheduled", "Scheduled"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                ("software_version", models.CharField(blank=True, max_length=40)),
                (
                    "partnership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partnership",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.release",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SubmissionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("period", models.DateField(help_text="The first day of the period.")),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "Due"),
                            ("draft", "Draft"),
                            ("submitted", "Waiting for approval"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("released", "Published"),
                        ],
                        default="due",
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField()),
                ("entered_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("return_reason", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("correction_reason", models.TextField(blank=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.submission",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.release",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.upload",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TargetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=14)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=160)),
                (
                    "measure",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.target",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UploadEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("original_name", models.CharField(max_length=200)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "Being checked"),
                            ("ready", "Ready to send"),
                            ("refused", "Needs changes"),
                            ("failed", "Could not be checked"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                (
                    "message",
                    models.TextField(blank=True, help_text="Why the file as a whole was refused."),
                ),
                ("rows_read", models.PositiveIntegerField(default=0)),
                ("rows_accepted", models.PositiveIntegerField(default=0)),
                (
                    "rows_not_needed",
                    models.PositiveIntegerField(default=0, help_text="Left out by the profile."),
                ),
                (
                    "rows_of_others",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Rows of organisations that are not asked for this collection.",
                    ),
                ),
                ("problem_count", models.PositiveIntegerField(default=0)),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Empty when an analyst sends a file for all partners.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.upload",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.importprofile",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CollectionMeasure",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("outcomes.collection_measures",),
        ),
        migrations.CreateModel(
            name="CollectionOrganisation",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("outcomes.collection_organisations",),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collection",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_collectionevent" ("accepts_from", "asks_from", "asks_to", "due_working_days", "frequency", "guidance", "id", "name", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."accepts_from", NEW."asks_from", NEW."asks_to", NEW."due_working_days", NEW."frequency", NEW."guidance", NEW."id", NEW."name", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."slug"); RETURN NULL;',
                    hash="a40de17bdc4576e5d4297f7722380b911268d212",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6c79b",
                    table="outcomes_collection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collection",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_collectionevent" ("accepts_from", "asks_from", "asks_to", "due_working_days", "frequency", "guidance", "id", "name", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."accepts_from", NEW."asks_from", NEW."asks_to", NEW."due_working_days", NEW."frequency", NEW."guidance", NEW."id", NEW."name", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."slug"); RETURN NULL;',
                    hash="4eb840102e5877afa08f5202d08c5e55edc639a3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_92b3c",
                    table="outcomes_collection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collection",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_collectionevent" ("accepts_from", "asks_from", "asks_to", "due_working_days", "frequency", "guidance", "id", "name", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."accepts_from", OLD."asks_from", OLD."asks_to", OLD."due_working_days", OLD."frequency", OLD."guidance", OLD."id", OLD."name", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."slug"); RETURN NULL;',
                    hash="c15d5a6ef0f4f7026ee8de86bd6e7a253b6ea909",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bea06",
                    table="outcomes_collection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importprofile",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "mapping", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."collection_id", NEW."header", NEW."id", NEW."mapping", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="5c5d43299a454b47a89a0893164f368f585382a7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e0514",
                    table="outcomes_importprofile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importprofile",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "mapping", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."collection_id", NEW."header", NEW."id", NEW."mapping", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="3facf3309820f9f27b5b2d5781e19cba47eaa60f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a90d1",
                    table="outcomes_importprofile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importprofile",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "mapping", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."collection_id", OLD."header", OLD."id", OLD."mapping", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="67c117c0882f427355e0825d0f1da6559f7c5677",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_71d9e",
                    table="outcomes_importprofile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "sentence_subject", "slug", "source", "unit") VALUES (NEW."about_people", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."numerator_label", NEW."order", NEW."owner_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."sentence_subject", NEW."slug", NEW."source", NEW."unit"); RETURN NULL;',
                    hash="b4c4545f60ad21ed9b10b60da7e9d96c10141c50",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_09b5c",
                    table="outcomes_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "sentence_subject", "slug", "source", "unit") VALUES (NEW."about_people", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."numerator_label", NEW."order", NEW."owner_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."programme_id", NEW."sentence_subject", NEW."slug", NEW."source", NEW."unit"); RETURN NULL;',
                    hash="2388f61a0ca6da2c45440e2c9405debe7974b944",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e1aa4",
                    table="outcomes_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "sentence_subject", "slug", "source", "unit") VALUES (OLD."about_people", OLD."caveats", OLD."decimals", OLD."denominator_label", OLD."description", OLD."direction", OLD."disclosure", OLD."disclosure_reason", OLD."frequency", OLD."id", OLD."kind", OLD."multiplier", OLD."name", OLD."next_review_on", OLD."numerator_label", OLD."order", OLD."owner_id", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."sentence_subject", OLD."slug", OLD."source", OLD."unit"); RETURN NULL;',
                    hash="68a6474fb9845cc052b3c058891a96f41185dd12",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2c643",
                    table="outcomes_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="observation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_observationevent" ("category_id", "denominator", "id", "measure_id", "numerator", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proportion", "source_row", "status", "submission_id") VALUES (NEW."category_id", NEW."denominator", NEW."id", NEW."measure_id", NEW."numerator", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."proportion", NEW."source_row", NEW."status", NEW."submission_id"); RETURN NULL;',
                    hash="90c2b29223b14cbdf03335eb8f4fcac4dc5833cc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8f2fb",
                    table="outcomes_observation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rebase",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_rebaseevent" ("agreed_by_id", "id", "measure_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."agreed_by_id", NEW."id", NEW."measure_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                    hash="ee41a9998a2edceec410906976fc4233fc4c5e32",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_57c3b",
                    table="outcomes_rebase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rebase",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_rebaseevent" ("agreed_by_id", "id", "measure_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."agreed_by_id", NEW."id", NEW."measure_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                    hash="08ec70caa2b15ce8e03e225da357b4dc7cc2a0c3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5a6ac",
                    table="outcomes_rebase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rebase",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_rebaseevent" ("agreed_by_id", "id", "measure_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."agreed_by_id", OLD."id", OLD."measure_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;',
                    hash="69b739cfe5577b51542d7c5ac5c26f4cdcee8956",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f4a3e",
                    table="outcomes_rebase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_releaseevent" ("id", "note", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "software_version", "state", "title", "uuid") VALUES (NEW."id", NEW."note", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."software_version", NEW."state", NEW."title", NEW."uuid"); RETURN NULL;',
                    hash="55690ea0c797217fb8062a68cf65a3393ba5655e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c8ffe",
                    table="outcomes_release",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_releaseevent" ("id", "note", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "software_version", "state", "title", "uuid") VALUES (NEW."id", NEW."note", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."software_version", NEW."state", NEW."title", NEW."uuid"); RETURN NULL;',
                    hash="a7b4dc67ecdbcaac53a47a3152f936e34a2572fe",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a8bc4",
                    table="outcomes_release",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_releaseevent" ("id", "note", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "software_version", "state", "title", "uuid") VALUES (OLD."id", OLD."note", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."software_version", OLD."state", OLD."title", OLD."uuid"); RETURN NULL;',
                    hash="f0da45aedba398113f2630525d110d0240888d35",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3b2d6",
                    table="outcomes_release",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_submissionevent" ("approved_at", "approved_by_id", "collection_id", "correction_reason", "due_on", "entered_at", "entered_by_id", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "return_reason", "returned_at", "returned_by_id", "state", "submitted_at", "submitted_by_id", "upload_id", "uuid", "version") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."collection_id", NEW."correction_reason", NEW."due_on", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."release_id", NEW."return_reason", NEW."returned_at", NEW."returned_by_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id", NEW."upload_id", NEW."uuid", NEW."version"); RETURN NULL;',
                    hash="6ab07f351498ce87a58916f7544c1568cf295420",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c4d07",
                    table="outcomes_submission",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_submissionevent" ("approved_at", "approved_by_id", "collection_id", "correction_reason", "due_on", "entered_at", "entered_by_id", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "return_reason", "returned_at", "returned_by_id", "state", "submitted_at", "submitted_by_id", "upload_id", "uuid", "version") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."collection_id", NEW."correction_reason", NEW."due_on", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."release_id", NEW."return_reason", NEW."returned_at", NEW."returned_by_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id", NEW."upload_id", NEW."uuid", NEW."version"); RETURN NULL;',
                    hash="bf9357c00ec71a06669f5bed97acb535a272e65c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_aeb24",
                    table="outcomes_submission",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_submissionevent" ("approved_at", "approved_by_id", "collection_id", "correction_reason", "due_on", "entered_at", "entered_by_id", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "return_reason", "returned_at", "returned_by_id", "state", "submitted_at", "submitted_by_id", "upload_id", "uuid", "version") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."collection_id", OLD."correction_reason", OLD."due_on", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."release_id", OLD."return_reason", OLD."returned_at", OLD."returned_by_id", OLD."state", OLD."submitted_at", OLD."submitted_by_id", OLD."upload_id", OLD."uuid", OLD."version"); RETURN NULL;',
                    hash="40459df55dfd9e282c4beca5061338292bbd32f3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_02561",
                    table="outcomes_submission",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_targetevent" ("from_date", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_date", "value") VALUES (NEW."from_date", NEW."id", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source", NEW."to_date", NEW."value"); RETURN NULL;',
                    hash="35d77bb69b0958ba817491e81f48fad72f97bfb2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9a962",
                    table="outcomes_target",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_targetevent" ("from_date", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_date", "value") VALUES (NEW."from_date", NEW."id", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source", NEW."to_date", NEW."value"); RETURN NULL;',
                    hash="0a7e7d801756b795cc4d9a5b2f1bb3c662b23c41",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0cea5",
                    table="outcomes_target",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_targetevent" ("from_date", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_date", "value") VALUES (OLD."from_date", OLD."id", OLD."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."source", OLD."to_date", OLD."value"); RETURN NULL;',
                    hash="01be8317f7b66e96c44118ecbfc5cf9dfd8b8164",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_36489",
                    table="outcomes_target",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="upload",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_uploadevent" ("checked_at", "collection_id", "id", "message", "organisation_id", "original_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "profile_id", "received_at", "received_by_id", "rows_accepted", "rows_not_needed", "rows_of_others", "rows_read", "sha256", "size", "state", "uuid") VALUES (NEW."checked_at", NEW."collection_id", NEW."id", NEW."message", NEW."organisation_id", NEW."original_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."problem_count", NEW."profile_id", NEW."received_at", NEW."received_by_id", NEW."rows_accepted", NEW."rows_not_needed", NEW."rows_of_others", NEW."rows_read", NEW."sha256", NEW."size", NEW."state", NEW."uuid"); RETURN NULL;',
                    hash="52533973ea9cca7b5da8b30de0582dbddb4416e4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5e1b0",
                    table="outcomes_upload",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="upload",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."checked_at" IS DISTINCT FROM (NEW."checked_at") OR OLD."collection_id" IS DISTINCT FROM (NEW."collection_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."message" IS DISTINCT FROM (NEW."message") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."original_name" IS DISTINCT FROM (NEW."original_name") OR OLD."problem_count" IS DISTINCT FROM (NEW."problem_count") OR OLD."profile_id" IS DISTINCT FROM (NEW."profile_id") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."received_by_id" IS DISTINCT FROM (NEW."received_by_id") OR OLD."rows_accepted" IS DISTINCT FROM (NEW."rows_accepted") OR OLD."rows_not_needed" IS DISTINCT FROM (NEW."rows_not_needed") OR OLD."rows_of_others" IS DISTINCT FROM (NEW."rows_of_others") OR OLD."rows_read" IS DISTINCT FROM (NEW."rows_read") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))',
                    func='INSERT INTO "outcomes_uploadevent" ("checked_at", "collection_id", "id", "message", "organisation_id", "original_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "profile_id", "received_at", "received_by_id", "rows_accepted", "rows_not_needed", "rows_of_others", "rows_read", "sha256", "size", "state", "uuid") VALUES (NEW."checked_at", NEW."collection_id", NEW."id", NEW."message", NEW."organisation_id", NEW."original_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."problem_count", NEW."profile_id", NEW."received_at", NEW."received_by_id", NEW."rows_accepted", NEW."rows_not_needed", NEW."rows_of_others", NEW."rows_read", NEW."sha256", NEW."size", NEW."state", NEW."uuid"); RETURN NULL;',
                    hash="98a284241c9674e62f6c85cfb9f58276b7ea3b78",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2e4ee",
                    table="outcomes_upload",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="upload",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_uploadevent" ("checked_at", "collection_id", "id", "message", "organisation_id", "original_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "profile_id", "received_at", "received_by_id", "rows_accepted", "rows_not_needed", "rows_of_others", "rows_read", "sha256", "size", "state", "uuid") VALUES (OLD."checked_at", OLD."collection_id", OLD."id", OLD."message", OLD."organisation_id", OLD."original_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."problem_count", OLD."profile_id", OLD."received_at", OLD."received_by_id", OLD."rows_accepted", OLD."rows_not_needed", OLD."rows_of_others", OLD."rows_read", OLD."sha256", OLD."size", OLD."state", OLD."uuid"); RETURN NULL;',
                    hash="48b2a36ddcbb071c8f64f10612381ae22192142e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_508b0",
                    table="outcomes_upload",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectionmeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_collectionmeasureevent" ("collection_id", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (NEW."collection_id", NEW."id", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\'); RETURN NULL;',
                    hash="263e39f826fb18e02760d24c913320787625c098",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_38f2d",
                    table="outcomes_collection_measures",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectionmeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_collectionmeasureevent" ("collection_id", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (OLD."collection_id", OLD."id", OLD."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\'); RETURN NULL;',
                    hash="ecd7016e01b1bb05f4ccad6a2a0ce387820cfd96",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_53058",
                    table="outcomes_collection_measures",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectionorganisation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_collectionorganisationevent" ("collection_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (NEW."collection_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\'); RETURN NULL;',
                    hash="1471be90eb7087c19200d92c042f17161ad88a6e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_43d93",
                    table="outcomes_collection_organisations",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectionorganisation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_collectionorganisationevent" ("collection_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (OLD."collection_id", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\'); RETURN NULL;',
                    hash="35569ebe1642ab34891031aaaf6936c40af3b995",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b9e41",
                    table="outcomes_collection_organisations",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2515d85292020794c0bc6f86a64a3728324d11bb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_63c9d",
                    table="outcomes_collectionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectionmeasureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5a998de3cc3646f98aefe3fca9d7e4127aef1784",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_164f6",
                    table="outcomes_collectionmeasureevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectionorganisationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="df3c8b9b5b02e98f73a108ecbcfa39197a7cc76d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4410e",
                    table="outcomes_collectionorganisationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importprofileevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fdb8190a3d153f82d2e34fffed7731601b327253",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7e132",
                    table="outcomes_importprofileevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="984473180e64340a2e788bd033ad2aa67d3b4c59",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_99fb1",
                    table="outcomes_measureevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="observationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7b5e6a124d7e9fdc2530a7437ba990321886949d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ddd37",
                    table="outcomes_observationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rebaseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a56029362e6ba6727e324143feb25459bc8fd23b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3a9a5",
                    table="outcomes_rebaseevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="45ef0669a567a1d9415915ab5223a2f97e628ce8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_aa2f8",
                    table="outcomes_releaseevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submissionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9952147548f73b090ba72b91ab10fab22436c546",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_848f8",
                    table="outcomes_submissionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="targetevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1905e82995830fa497633ff6fad81d981df1b1ec",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_75111",
                    table="outcomes_targetevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="uploadevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a7f9b9f2fdbd20cfc826540e412de072d4c8c6e3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_78784",
                    table="outcomes_uploadevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
