import django.contrib.postgres.constraints
import django.db.models.deletion
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models

import partners.models.ranges


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="last published at"
                    ),
                ),
                (
                    "go_live_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="go live date/time"),
                ),
                (
                    "expire_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time"),
                ),
                (
                    "expired",
                    models.BooleanField(default=False, editable=False, verbose_name="expired"),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(help_text="The name in use today.", max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("general_practice", "General practice"),
                            ("foundation_trust", "NHS foundation trust"),
                            ("trust", "NHS trust"),
                            ("commissioner", "Commissioner"),
                            ("local_authority", "Council"),
                            ("community_and_voluntary", "Community and voluntary sector"),
                            ("charity", "Charity"),
                            ("residents", "Residents’ voice"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "ods_code",
                    models.CharField(
                        blank=True, max_length=10, null=True, unique=True, verbose_name="ODS code"
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("description", models.TextField(blank=True)),
                ("website", models.URLField(blank=True)),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120)),
                ("short_name", models.CharField(max_length=40)),
                ("strapline", models.CharField(max_length=200)),
                (
                    "about",
                    models.TextField(
                        help_text="Who we are, in plain English. Blank lines part paragraphs."
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "is_demonstration",
                    models.BooleanField(
                        default=False,
                        help_text="Every page then says that figures and stories are illustrative.",
                    ),
                ),
                (
                    "predecessor",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="partners.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on"],
            },
        ),
        migrations.CreateModel(
            name="PartnerMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[("member", "Member"), ("supporter", "Supporter")],
                        default="member",
                        max_length=10,
                    ),
                ),
                ("joined_on", models.DateField()),
                ("left_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="partners.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="partners.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["organisation__kind", "organisation__name"],
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="partnerships",
            field=models.ManyToManyField(
                related_name="organisations",
                through="partners.PartnerMembership",
                to="partners.partnership",
            ),
        ),
        migrations.CreateModel(
            name="Leader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("role", models.CharField(max_length=160)),
                ("from_date", models.DateField(blank=True, null=True)),
                ("to_date", models.DateField(blank=True, null=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaders",
                        to="partners.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaders",
                        to="partners.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "name"],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=80)),
                ("gss_code", models.CharField(max_length=9, verbose_name="GSS code")),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "partnerships",
                    models.ManyToManyField(related_name="places", to="partners.partnership"),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="partnermembership",
            name="places",
            field=models.ManyToManyField(blank=True, related_name="+", to="partners.place"),
        ),
        migrations.CreateModel(
            name="Purpose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purposes",
                        to="partners.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="StaffMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("contributor", "Contributor"),
                            ("approver", "Approver"),
                            ("analyst", "Analyst"),
                            ("editor", "Editor"),
                            ("board_member", "Board member"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="partners.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="partners.partnership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["user__full_name"],
            },
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["valid_from"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (partners.models.ranges.SameNumber("organisation"), "&&"),
                            (partners.models.ranges.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="organisation_one_name_at_a_time",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="partnership_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[(partners.models.ranges.DateRange("starts_on", "ends_on"), "&&")],
                name="partnership_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on__isnull", True),
                    ("opened_on__isnull", True),
                    ("closed_on__gte", models.F("opened_on")),
                    _connector="OR",
                ),
                name="organisation_closes_after_opening",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True), ("closed_on__isnull", False), _connector="OR"
                ),
                name="organisation_successor_only_when_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ods_code__isnull", True),
                    ("ods_code__regex", "^[A-Z0-9]{3,10}$"),
                    _connector="OR",
                ),
                name="organisation_ods_code_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(("gss_code__regex", "^[EW][0-9]{8}$")),
                name="place_gss_code_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(fields=("gss_code",), name="place_unique_gss_code"),
        ),
        migrations.AddConstraint(
            model_name="partnermembership",
            constraint=models.UniqueConstraint(
                fields=("partnership", "organisation", "joined_on"),
                name="partner_membership_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnermembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on__isnull", True),
                    ("left_on__gte", models.F("joined_on")),
                    _connector="OR",
                ),
                name="partner_membership_leaves_after_joining",
            ),
        ),
        migrations.AddConstraint(
            model_name="purpose",
            constraint=models.UniqueConstraint(
                fields=("partnership", "slug"), name="purpose_unique_slug"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("organisation__isnull", False),
                        ("partnership__isnull", True),
                        ("role__in", ["contributor", "approver"]),
                    ),
                    models.Q(
                        ("organisation__isnull", True),
                        ("partnership__isnull", False),
                        ("role__in", ["analyst", "editor", "board_member", "administrator"]),
                    ),
                    _connector="OR",
                ),
                name="staff_membership_role_fits_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmembership",
            constraint=models.UniqueConstraint(
                fields=("user", "role", "organisation", "partnership"),
                name="staff_membership_unique",
                nulls_distinct=False,
            ),
        ),
    ]
