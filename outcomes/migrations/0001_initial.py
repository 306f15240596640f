import django.contrib.postgres.fields
import outcomes.models.uploads
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
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
                        help_text="Completes “In October 2026, 84% …”, such as “of people were seen within 4 hours”.",
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
            ],
            options={
                "ordering": ["order", "name"],
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
            ],
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
            ],
            options={
                "ordering": ["row", "column", "id"],
            },
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
            ],
            options={
                "verbose_name_plural": "series",
            },
        ),
        migrations.CreateModel(
            name="StagedCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                ("organisation", models.TextField()),
                ("place", models.TextField()),
                ("category", models.TextField()),
                ("period", models.DateField()),
                ("measure", models.TextField()),
                ("numerator", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                ("denominator", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                ("status", models.CharField(max_length=14)),
            ],
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
            ],
            options={
                "ordering": ["-period", "organisation__name"],
            },
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
            ],
            options={
                "ordering": ["-received_at"],
            },
        ),
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
    ]
