import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import outcomes.models.uploads


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partners", "0001_initial"),
        ("programmes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("age", "Age"),
                            ("sex", "Sex"),
                            ("ethnicity", "Ethnic group"),
                            ("deprivation", "Deprivation fifth"),
                        ],
                        max_length=12,
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=80)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["scheme", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "slug"), name="category_unique_slug")
                ],
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
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
                    "organisations",
                    models.ManyToManyField(related_name="collections", to="partners.organisation"),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="partners.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ImportProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_profiles",
                        to="outcomes.collection",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_measures",
                        to="partners.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="partners.partnership",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="programmes.programme",
                    ),
                ),
                (
                    "purposes",
                    models.ManyToManyField(
                        blank=True, related_name="measures", to="partners.purpose"
                    ),
                ),
            ],
            options={
                "ordering": ["order", "name"],
            },
        ),
        migrations.AddField(
            model_name="collection",
            name="measures",
            field=models.ManyToManyField(related_name="collections", to="outcomes.measure"),
        ),
        migrations.CreateModel(
            name="Rebase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rebases",
                        to="outcomes.measure",
                    ),
                ),
            ],
            options={
                "ordering": ["period"],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="partners.partnership",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "edition",
                    models.CharField(
                        choices=[("public", "Public"), ("board", "Board")], max_length=6
                    ),
                ),
                ("latest_period", models.DateField(null=True)),
                ("points", models.JSONField(help_text="See outcomes.series.Point for the keys.")),
                (
                    "summary",
                    models.JSONField(help_text="See outcomes.series.Summary for the keys."),
                ),
                ("chart_wide", models.TextField(blank=True)),
                ("chart_narrow", models.TextField(blank=True)),
                ("sparkline", models.TextField(blank=True)),
                ("content_hash", models.CharField(max_length=64)),
                ("built_at", models.DateTimeField(auto_now=True)),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="series",
                        to="outcomes.category",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="series",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="series",
                        to="partners.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="series",
                        to="partners.place",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="partners.organisation",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="outcomes.release",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-period", "organisation__name"],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.category",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.place",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observations",
                        to="outcomes.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.DecimalField(decimal_places=4, max_digits=14)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=160)),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="outcomes.measure",
                    ),
                ),
            ],
            options={
                "ordering": ["from_date"],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=outcomes.models.uploads.private_storage,
                        upload_to=outcomes.models.uploads.stored_name,
                    ),
                ),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="Empty when an analyst sends a file for all partners.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="partners.organisation",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.importprofile",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at"],
            },
        ),
        migrations.AddField(
            model_name="submission",
            name="upload",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="outcomes.upload",
            ),
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "row",
                    models.PositiveIntegerField(
                        help_text="As a spreadsheet counts; 1 is the header.", null=True
                    ),
                ),
                ("column", models.CharField(blank=True, max_length=120)),
                ("value", models.CharField(blank=True, max_length=200)),
                ("message", models.CharField(max_length=400)),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problems",
                        to="outcomes.upload",
                    ),
                ),
            ],
            options={
                "ordering": ["row", "column", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="importprofile",
            constraint=models.UniqueConstraint(
                fields=("collection", "name"), name="import_profile_unique_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("denominator_label", ""), ("kind__in", ["count", "money"])),
                    models.Q(
                        models.Q(("kind__in", ["count", "money"]), _negated=True),
                        models.Q(("denominator_label", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="measure_denominator_fits_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("about_people", False),
                    ("disclosure", "suppress_and_round"),
                    models.Q(("disclosure_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="measure_exact_people_need_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("multiplier__gte", 1)), name="measure_multiplier_set"
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("asks_from__gte", models.F("accepts_from"))),
                name="collection_asks_for_what_it_accepts",
            ),
        ),
        migrations.AddConstraint(
            model_name="rebase",
            constraint=models.UniqueConstraint(
                fields=("measure", "period"), name="rebase_unique_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="rebase",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="rebase_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__isnull", False),
                        ("published_by__isnull", False),
                        ("state", "published"),
                    ),
                    models.Q(
                        models.Q(("state", "published"), _negated=True),
                        ("published_at__isnull", True),
                        ("published_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="release_published_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(
                fields=("edition", "measure", "organisation", "place", "category"),
                name="series_unique_part",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", True), ("place__isnull", True)),
                    models.Q(("category__isnull", True), ("organisation__isnull", True)),
                    models.Q(("category__isnull", True), ("place__isnull", True)),
                    _connector="OR",
                ),
                name="series_one_part_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(fields=["measure", "period"], name="observation_by_measure"),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.UniqueConstraint(
                fields=("submission", "measure", "place", "category"),
                name="observation_unique_cell",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("numerator__isnull", True), ("numerator__gte", 0), _connector="OR"
                ),
                name="observation_numerator_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("denominator__isnull", True), ("denominator__gte", 0), _connector="OR"
                ),
                name="observation_denominator_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proportion", False),
                    ("numerator__lte", models.F("denominator")),
                    _connector="OR",
                ),
                name="observation_part_within_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("numerator__isnull", False), ("status__in", ["value", "zero"])),
                    models.Q(
                        models.Q(("status__in", ["value", "zero"]), _negated=True),
                        ("numerator__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="observation_number_fits_status",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="observation",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_released_observations",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE locked boolean;",
                    func="\n                    SELECT state = 'released' INTO locked\n                      FROM outcomes_submission WHERE id = OLD.submission_id;\n                    IF locked THEN\n                        RAISE EXCEPTION 'What a release published never changes';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="3073fc17a15e3eb23ae9f1cfa94a6de3eb689736",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keep_released_observations_b7d3a",
                    table="outcomes_observation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_date__isnull", True),
                    ("to_date__gte", models.F("from_date")),
                    _connector="OR",
                ),
                name="target_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "failed"), _negated=True),
                fields=("collection", "organisation", "sha256"),
                name="upload_same_file_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at__isnull", True), ("state", "checking")),
                    models.Q(
                        models.Q(("state", "checking"), _negated=True),
                        ("checked_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="upload_checked_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("collection", "organisation", "period", "version"),
                name="submission_unique_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entered_at__isnull", True), ("entered_by__isnull", True)),
                    models.Q(("entered_at__isnull", False), ("entered_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_entered_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_submitted_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at__isnull", True), ("returned_by__isnull", True)),
                    models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_returned_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_approved_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(
                        models.Q(("approved_by", models.F("entered_by")), _negated=True),
                        models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="submission_maker_is_not_checker",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["due", "draft", "returned"]),
                    models.Q(("entered_at__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="submission_sent_has_sender",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at__isnull", False), ("state__in", ["approved", "released"])
                    ),
                    models.Q(
                        models.Q(("state__in", ["approved", "released"]), _negated=True),
                        ("approved_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="submission_approved_has_approver",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("release__isnull", False), ("state", "released")),
                    models.Q(
                        models.Q(("state", "released"), _negated=True), ("release__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="submission_released_in_a_release",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(
                        ("returned_at__isnull", False),
                        models.Q(("return_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="submission_returned_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("version", 1),
                    ("state__in", ["due", "draft"]),
                    models.Q(("correction_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="submission_correction_has_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_released_submissions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'released')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="528ff34d42b0b2ff5b08bcc123660f387e414a1e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keep_released_submissions_dfddb",
                    table="outcomes_submission",
                    when="BEFORE",
                ),
            ),
        ),
    ]
