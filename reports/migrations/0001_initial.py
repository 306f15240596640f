import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reports.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partners", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportSchedule",
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
                (
                    "made_after_working_days",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="How many working days after the period ends it is made.",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_schedules",
                        to="partners.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("period", models.DateField()),
                ("edition", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("generating", "Being made"),
                            ("ready", "Ready"),
                            ("signed_off", "Signed off"),
                            ("sent", "Sent"),
                            ("failed", "Could not be made"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                (
                    "figures",
                    models.JSONField(help_text="Frozen when made; see reports.figures.", null=True),
                ),
                (
                    "pdf",
                    models.FileField(
                        blank=True,
                        storage=reports.models.private_storage,
                        upload_to=reports.models.stored_name,
                    ),
                ),
                ("error", models.TextField(blank=True)),
                ("requested_at", models.DateTimeField(auto_now_add=True)),
                ("made_at", models.DateTimeField(null=True)),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="reports.reportschedule",
                    ),
                ),
            ],
            options={
                "ordering": ["-period", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("schedule", "period", "edition"), name="report_unique_edition"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("figures__isnull", False),
                                ("made_at__isnull", False),
                                ("state__in", ["ready", "signed_off", "sent"]),
                                models.Q(("pdf", ""), _negated=True),
                            ),
                            ("state__in", ["queued", "generating", "failed"]),
                            _connector="OR",
                        ),
                        name="report_ready_has_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("error", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_failed_says_why",
                    ),
                ],
            },
        ),
    ]
