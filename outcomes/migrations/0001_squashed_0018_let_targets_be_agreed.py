"""All that 0001 to 0018 make, in a third of the steps: a new portal starts half a minute sooner.

The eighteen stay for databases that stand between them. Once none does, delete them and `replaces`.
"""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import outcomes.models.collections
import outcomes.models.uploads
from outcomes.migrations import _tenths


class Migration(migrations.Migration):
    replaces = [
        ("outcomes", "0001_initial"),
        ("outcomes", "0002_remember_makers_and_close_releases"),
        ("outcomes", "0003_record_every_change"),
        ("outcomes", "0004_find_changes_by_time"),
        ("outcomes", "0005_record_figures_before_their_change"),
        ("outcomes", "0006_what_returns_need"),
        ("outcomes", "0007_let_layouts_of_files_retire"),
        ("outcomes", "0008_address_rules_by_uuid"),
        ("outcomes", "0009_address_layouts_of_files"),
        ("outcomes", "0010_check_figures_of_submissions_as_sets"),
        ("outcomes", "0011_keep_unfinished_figures"),
        ("outcomes", "0012_let_definitions_be_agreed"),
        ("outcomes", "0013_plan_releases"),
        ("outcomes", "0014_keep_what_readers_saw"),
        ("outcomes", "0015_tell_what_a_file_replaced"),
        ("outcomes", "0016_name_the_definition_that_was_published"),
        ("outcomes", "0017_name_tenths_of_deprivation"),
        ("outcomes", "0018_let_targets_be_agreed"),
    ]

    initial = True

    dependencies = [
        ("partners", "0003_find_changes_by_time"),
        ("programmes", "0004_record_what_programmes_have"),
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
                            ("tenth", "Deprivation tenth"),
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
                (
                    "reminder_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        blank=True,
                        default=outcomes.models.collections.usual_reminder_days,
                        help_text="Working days from the due day on which reminders go out; -5 is five before.",
                        size=None,
                    ),
                ),
                (
                    "closing_working_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Working days after the period; empty: it never closes.",
                        null=True,
                    ),
                ),
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
            name="CollectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
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
                (
                    "reminder_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        blank=True,
                        default=outcomes.models.collections.usual_reminder_days,
                        help_text="Working days from the due day on which reminders go out; -5 is five before.",
                        size=None,
                    ),
                ),
                (
                    "closing_working_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Working days after the period; empty: it never closes.",
                        null=True,
                    ),
                ),
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
        migrations.CreateModel(
            name="CollectionOrganisationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
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
        migrations.CreateModel(
            name="EarlyReader",
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
                        help_text="As whom they read it; published with the release.",
                        max_length=160,
                    ),
                ),
                ("named_at", models.DateTimeField(auto_now_add=True)),
                ("first_read_at", models.DateTimeField(null=True)),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["capacity"],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.DateField()),
                (
                    "until",
                    models.DateField(help_text="The last day on which the figures are taken."),
                ),
                ("reason", models.CharField(max_length=300)),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-period", "organisation__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("collection", "organisation", "period"),
                        name="extension_unique_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="extension_has_reason",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_extensionevent" ("collection_id", "granted_at", "granted_by_id", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until") VALUES (NEW."collection_id", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."until"); RETURN NULL;',
                    hash="4f560e22d640f049f15072a461ee81a11193576a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6d986",
                    table="outcomes_extension",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_extensionevent" ("collection_id", "granted_at", "granted_by_id", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until") VALUES (NEW."collection_id", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."until"); RETURN NULL;',
                    hash="fb3ddb44b7d67f2857e647dbd930fec0c0b4d052",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e09c1",
                    table="outcomes_extension",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_extensionevent" ("collection_id", "granted_at", "granted_by_id", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until") VALUES (OLD."collection_id", OLD."granted_at", OLD."granted_by_id", OLD."id", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."until"); RETURN NULL;',
                    hash="400f1e65b570eae721c8328ae84744e3973bf12e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9f6d4",
                    table="outcomes_extension",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="ExtensionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("period", models.DateField()),
                (
                    "until",
                    models.DateField(help_text="The last day on which the figures are taken."),
                ),
                ("reason", models.CharField(max_length=300)),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
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
                    "granted_by",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="outcomes.extension",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extensionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="80a76f93653658fbed004a58f4277ae4d2c1dbcb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_842ce",
                    table="outcomes_extensionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="partners.partnership",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["first_day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="hold_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="hold_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_lifted_at_and_by",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_holdevent" ("first_day", "id", "last_day", "lifted_at", "lifted_by_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "uuid") VALUES (NEW."first_day", NEW."id", NEW."last_day", NEW."lifted_at", NEW."lifted_by_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."set_at", NEW."set_by_id", NEW."uuid"); RETURN NULL;',
                    hash="01cf3cef23a58037919f0b1aba9d3133f72353c9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6079a",
                    table="outcomes_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_holdevent" ("first_day", "id", "last_day", "lifted_at", "lifted_by_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "uuid") VALUES (NEW."first_day", NEW."id", NEW."last_day", NEW."lifted_at", NEW."lifted_by_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."set_at", NEW."set_by_id", NEW."uuid"); RETURN NULL;',
                    hash="a22e825f667d80c54c59be4d4bc6bd78e7192c01",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c51b9",
                    table="outcomes_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_holdevent" ("first_day", "id", "last_day", "lifted_at", "lifted_by_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "uuid") VALUES (OLD."first_day", OLD."id", OLD."last_day", OLD."lifted_at", OLD."lifted_by_id", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."set_at", OLD."set_by_id", OLD."uuid"); RETURN NULL;',
                    hash="a44e953808cae1d249d68243b0ec2c42d7d52879",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_174d5",
                    table="outcomes_hold",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="HoldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "lifted_by",
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
                        to="outcomes.hold",
                    ),
                ),
                (
                    "set_by",
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
        pgtrigger.migrations.AddTrigger(
            model_name="holdevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="194cbe77d2d7c4cf0e2e922b3b48c1cfd481f39b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_648e0",
                    table="outcomes_holdevent",
                    when="BEFORE",
                ),
            ),
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
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        unique=True,
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
                    "retired_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="It reads no files from then on; old ones still name it.",
                        null=True,
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_profiles",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose files it reads; empty for those of every partner.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("collection", "organisation", "name"),
                        name="import_profile_unique_name",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importprofile",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "made_by_id", "mapping", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "uuid") VALUES (NEW."collection_id", NEW."header", NEW."id", NEW."made_by_id", NEW."mapping", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."retired_at", NEW."uuid"); RETURN NULL;',
                    hash="3aa190505f55f6c4226a4efd8095203560ec3cb5",
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
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "made_by_id", "mapping", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "uuid") VALUES (NEW."collection_id", NEW."header", NEW."id", NEW."made_by_id", NEW."mapping", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."retired_at", NEW."uuid"); RETURN NULL;',
                    hash="4193bf5bc4c8c821633ca73ab77e783b770037fe",
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
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "made_by_id", "mapping", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "uuid") VALUES (OLD."collection_id", OLD."header", OLD."id", OLD."made_by_id", OLD."mapping", OLD."name", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."retired_at", OLD."uuid"); RETURN NULL;',
                    hash="24a94304650f5076db1f2b47250b3ad6430f9dbe",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_71d9e",
                    table="outcomes_importprofile",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="ImportProfileEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(), editable=False
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
                    "retired_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="It reads no files from then on; old ones still name it.",
                        null=True,
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
                    "made_by",
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Whose files it reads; empty for those of every partner.",
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
                        to="outcomes.importprofile",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
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
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("description", models.TextField(help_text="What it tells you, in plain English.")),
                ("rationale", models.TextField(blank=True, help_text="Why it is worth knowing.")),
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
                (
                    "sensitive",
                    models.BooleanField(
                        default=False,
                        help_text="That nobody, or everybody, is concerned is hidden like a small number.",
                    ),
                ),
                (
                    "ask_about_change",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=50,
                        help_text="Ask the sender about a change from the last period of more than so many %.",
                        null=True,
                    ),
                ),
                (
                    "screen_outliers",
                    models.BooleanField(
                        default=True,
                        help_text="Leave unusually large steps out of the expected range.",
                    ),
                ),
                (
                    "two_of_three_counts_outside",
                    models.BooleanField(
                        default=False,
                        help_text="Count points outside the range towards two of three.",
                    ),
                ),
                (
                    "signal_length",
                    models.PositiveSmallIntegerField(
                        default=7, help_text="How many points in a row make a trend or a run."
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("version", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("retired_reason", models.CharField(blank=True, max_length=300)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_%(class)ss",
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
                        related_name="%(class)ss",
                        to="programmes.programme",
                    ),
                ),
                (
                    "purposes",
                    models.ManyToManyField(
                        blank=True, related_name="measures", to="partners.purpose"
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["order", "name"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("about_people", False),
                            ("disclosure", "suppress_and_round"),
                            models.Q(("disclosure_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="measure_exact_people_need_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sensitive", False),
                            ("disclosure", "suppress_and_round"),
                            _connector="OR",
                        ),
                        name="measure_sensitive_is_protected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("multiplier__gte", 1)), name="measure_multiplier_set"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signal_length__in", [6, 7])),
                        name="measure_signal_length_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("retired_at", None), ("retired_by", None), ("retired_reason", "")
                            ),
                            models.Q(
                                ("retired_at__isnull", False),
                                ("retired_by__isnull", False),
                                models.Q(("retired_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_retired_by_somebody_with_reason",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "rationale", "retired_at", "retired_by_id", "retired_reason", "screen_outliers", "sensitive", "sentence_subject", "signal_length", "slug", "source", "two_of_three_counts_outside", "unit", "version") VALUES (NEW."about_people", NEW."ask_about_change", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."numerator_label", NEW."order", NEW."owner_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."rationale", NEW."retired_at", NEW."retired_by_id", NEW."retired_reason", NEW."screen_outliers", NEW."sensitive", NEW."sentence_subject", NEW."signal_length", NEW."slug", NEW."source", NEW."two_of_three_counts_outside", NEW."unit", NEW."version"); RETURN NULL;',
                    hash="263e0e1705a1320aee50d6878b3db5dd76829ada",
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
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "rationale", "retired_at", "retired_by_id", "retired_reason", "screen_outliers", "sensitive", "sentence_subject", "signal_length", "slug", "source", "two_of_three_counts_outside", "unit", "version") VALUES (NEW."about_people", NEW."ask_about_change", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."numerator_label", NEW."order", NEW."owner_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."programme_id", NEW."rationale", NEW."retired_at", NEW."retired_by_id", NEW."retired_reason", NEW."screen_outliers", NEW."sensitive", NEW."sentence_subject", NEW."signal_length", NEW."slug", NEW."source", NEW."two_of_three_counts_outside", NEW."unit", NEW."version"); RETURN NULL;',
                    hash="1c31b41572db3c14bf03bac00ffcdc06bbe557e8",
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
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "rationale", "retired_at", "retired_by_id", "retired_reason", "screen_outliers", "sensitive", "sentence_subject", "signal_length", "slug", "source", "two_of_three_counts_outside", "unit", "version") VALUES (OLD."about_people", OLD."ask_about_change", OLD."caveats", OLD."decimals", OLD."denominator_label", OLD."description", OLD."direction", OLD."disclosure", OLD."disclosure_reason", OLD."frequency", OLD."id", OLD."kind", OLD."multiplier", OLD."name", OLD."next_review_on", OLD."numerator_label", OLD."order", OLD."owner_id", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."rationale", OLD."retired_at", OLD."retired_by_id", OLD."retired_reason", OLD."screen_outliers", OLD."sensitive", OLD."sentence_subject", OLD."signal_length", OLD."slug", OLD."source", OLD."two_of_three_counts_outside", OLD."unit", OLD."version"); RETURN NULL;',
                    hash="bbc892a091a2a2f90d966b5510bde1e4f9cf8db9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2c643",
                    table="outcomes_measure",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="CollectionMeasureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
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
        migrations.AddField(
            model_name="collection",
            name="measures",
            field=models.ManyToManyField(related_name="collections", to="outcomes.measure"),
        ),
        migrations.CreateModel(
            name="MeasureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=160)),
                ("description", models.TextField(help_text="What it tells you, in plain English.")),
                ("rationale", models.TextField(blank=True, help_text="Why it is worth knowing.")),
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
                (
                    "sensitive",
                    models.BooleanField(
                        default=False,
                        help_text="That nobody, or everybody, is concerned is hidden like a small number.",
                    ),
                ),
                (
                    "ask_about_change",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=50,
                        help_text="Ask the sender about a change from the last period of more than so many %.",
                        null=True,
                    ),
                ),
                (
                    "screen_outliers",
                    models.BooleanField(
                        default=True,
                        help_text="Leave unusually large steps out of the expected range.",
                    ),
                ),
                (
                    "two_of_three_counts_outside",
                    models.BooleanField(
                        default=False,
                        help_text="Count points outside the range towards two of three.",
                    ),
                ),
                (
                    "signal_length",
                    models.PositiveSmallIntegerField(
                        default=7, help_text="How many points in a row make a trend or a run."
                    ),
                ),
                ("slug", models.SlugField(db_index=False)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("version", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("retired_reason", models.CharField(blank=True, max_length=300)),
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
                (
                    "retired_by",
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
            ],
            options={
                "abstract": False,
            },
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
        migrations.CreateModel(
            name="MeasureVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("description", models.TextField(help_text="What it tells you, in plain English.")),
                ("rationale", models.TextField(blank=True, help_text="Why it is worth knowing.")),
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
                (
                    "sensitive",
                    models.BooleanField(
                        default=False,
                        help_text="That nobody, or everybody, is concerned is hidden like a small number.",
                    ),
                ),
                (
                    "ask_about_change",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=50,
                        help_text="Ask the sender about a change from the last period of more than so many %.",
                        null=True,
                    ),
                ),
                (
                    "screen_outliers",
                    models.BooleanField(
                        default=True,
                        help_text="Leave unusually large steps out of the expected range.",
                    ),
                ),
                (
                    "two_of_three_counts_outside",
                    models.BooleanField(
                        default=False,
                        help_text="Count points outside the range towards two of three.",
                    ),
                ),
                (
                    "signal_length",
                    models.PositiveSmallIntegerField(
                        default=7, help_text="How many points in a row make a trend or a run."
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("agreed", "Agreed"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(help_text="What is new in this version, and why.")),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.TextField(blank=True, help_text="Why it was sent back to its makers."),
                ),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
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
                ("makers", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_%(class)ss",
                        to="partners.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="programmes.programme",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("denominator_label", ""), ("kind__in", ["count", "money"])),
                            models.Q(
                                models.Q(("kind__in", ["count", "money"]), _negated=True),
                                models.Q(("denominator_label", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="measureversion_denominator_fits_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("about_people", False),
                            ("disclosure", "suppress_and_round"),
                            models.Q(("disclosure_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="measureversion_exact_people_need_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sensitive", False),
                            ("disclosure", "suppress_and_round"),
                            _connector="OR",
                        ),
                        name="measureversion_sensitive_is_protected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("multiplier__gte", 1)),
                        name="measureversion_multiplier_set",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signal_length__in", [6, 7])),
                        name="measureversion_signal_length_known",
                    ),
                    models.UniqueConstraint(
                        fields=("measure", "number"), name="measureversion_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "agreed"), _negated=True),
                        fields=("measure",),
                        name="measureversion_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("agreed_at__isnull", False), ("proposed_by", None)),
                            models.Q(
                                ("proposed_at__isnull", False), ("proposed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="measureversion_proposed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state", "agreed"), _negated=True),
                                ("agreed_at", None),
                                ("agreed_by", None),
                            ),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("agreed_by", None),
                                ("proposed_by", None),
                                ("state", "agreed"),
                            ),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                                ("state", "agreed"),
                                models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="measureversion_agreed_by_another",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureversion",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_agreed_definitions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'agreed')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6edf8debc991a5ecb1555089bd476e4f0648a263",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keep_agreed_definitions_a84e4",
                    table="outcomes_measureversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureversion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_measureversionevent" ("about_people", "agreed_at", "agreed_by_id", "answer", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "measure_id", "multiplier", "name", "next_review_on", "number", "numerator_label", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_at", "proposed_by_id", "rationale", "reason", "screen_outliers", "sensitive", "sentence_subject", "signal_length", "source", "state", "two_of_three_counts_outside", "unit") VALUES (NEW."about_people", NEW."agreed_at", NEW."agreed_by_id", NEW."answer", NEW."ask_about_change", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."measure_id", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."number", NEW."numerator_label", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."proposed_at", NEW."proposed_by_id", NEW."rationale", NEW."reason", NEW."screen_outliers", NEW."sensitive", NEW."sentence_subject", NEW."signal_length", NEW."source", NEW."state", NEW."two_of_three_counts_outside", NEW."unit"); RETURN NULL;',
                    hash="efb8bcade9ab17b5be94667924cedfebdfad6754",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fe7ca",
                    table="outcomes_measureversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureversion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_measureversionevent" ("about_people", "agreed_at", "agreed_by_id", "answer", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "measure_id", "multiplier", "name", "next_review_on", "number", "numerator_label", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_at", "proposed_by_id", "rationale", "reason", "screen_outliers", "sensitive", "sentence_subject", "signal_length", "source", "state", "two_of_three_counts_outside", "unit") VALUES (NEW."about_people", NEW."agreed_at", NEW."agreed_by_id", NEW."answer", NEW."ask_about_change", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."measure_id", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."number", NEW."numerator_label", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."programme_id", NEW."proposed_at", NEW."proposed_by_id", NEW."rationale", NEW."reason", NEW."screen_outliers", NEW."sensitive", NEW."sentence_subject", NEW."signal_length", NEW."source", NEW."state", NEW."two_of_three_counts_outside", NEW."unit"); RETURN NULL;',
                    hash="b05e4f95120e4b2b570f1a67e40af759480a7ffc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9fecb",
                    table="outcomes_measureversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureversion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_measureversionevent" ("about_people", "agreed_at", "agreed_by_id", "answer", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "measure_id", "multiplier", "name", "next_review_on", "number", "numerator_label", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_at", "proposed_by_id", "rationale", "reason", "screen_outliers", "sensitive", "sentence_subject", "signal_length", "source", "state", "two_of_three_counts_outside", "unit") VALUES (OLD."about_people", OLD."agreed_at", OLD."agreed_by_id", OLD."answer", OLD."ask_about_change", OLD."caveats", OLD."decimals", OLD."denominator_label", OLD."description", OLD."direction", OLD."disclosure", OLD."disclosure_reason", OLD."frequency", OLD."id", OLD."kind", OLD."measure_id", OLD."multiplier", OLD."name", OLD."next_review_on", OLD."number", OLD."numerator_label", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."proposed_at", OLD."proposed_by_id", OLD."rationale", OLD."reason", OLD."screen_outliers", OLD."sensitive", OLD."sentence_subject", OLD."signal_length", OLD."source", OLD."state", OLD."two_of_three_counts_outside", OLD."unit"); RETURN NULL;',
                    hash="92e826f9ba13afa50491762db4e1a3419983e412",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cb4af",
                    table="outcomes_measureversion",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="MeasureVersionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=160)),
                ("description", models.TextField(help_text="What it tells you, in plain English.")),
                ("rationale", models.TextField(blank=True, help_text="Why it is worth knowing.")),
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
                (
                    "sensitive",
                    models.BooleanField(
                        default=False,
                        help_text="That nobody, or everybody, is concerned is hidden like a small number.",
                    ),
                ),
                (
                    "ask_about_change",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=50,
                        help_text="Ask the sender about a change from the last period of more than so many %.",
                        null=True,
                    ),
                ),
                (
                    "screen_outliers",
                    models.BooleanField(
                        default=True,
                        help_text="Leave unusually large steps out of the expected range.",
                    ),
                ),
                (
                    "two_of_three_counts_outside",
                    models.BooleanField(
                        default=False,
                        help_text="Count points outside the range towards two of three.",
                    ),
                ),
                (
                    "signal_length",
                    models.PositiveSmallIntegerField(
                        default=7, help_text="How many points in a row make a trend or a run."
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("agreed", "Agreed"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(help_text="What is new in this version, and why.")),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.TextField(blank=True, help_text="Why it was sent back to its makers."),
                ),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.measureversion",
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
                (
                    "proposed_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measureversionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f096459363a70f2e7e4570deaf36cabf05396040",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_28f6e",
                    table="outcomes_measureversionevent",
                    when="BEFORE",
                ),
            ),
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
                            ("unfinished", "Unfinished"),
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
                    "note",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="What readers should know about it.",
                        max_length=500,
                    ),
                ),
                ("typed_at", models.DateTimeField(null=True)),
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
                    "typed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        help_text="Who typed it; empty when it came in a file.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublishedMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "disclosure",
                    models.CharField(
                        choices=[
                            ("suppress_and_round", "Hide small numbers and round the others"),
                            ("exact", "Show exact numbers"),
                        ],
                        max_length=20,
                    ),
                ),
                ("disclosure_reason", models.CharField(blank=True, max_length=300)),
                ("sensitive", models.BooleanField()),
                (
                    "threshold",
                    models.PositiveSmallIntegerField(
                        help_text="Counts up to this one were hidden."
                    ),
                ),
                (
                    "base",
                    models.PositiveSmallIntegerField(
                        help_text="Others were rounded to the nearest of it."
                    ),
                ),
                ("software_version", models.CharField(max_length=40)),
                (
                    "definition",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="The version of the measure’s definition that was in force.",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published",
                        to="outcomes.measure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublishedCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.DateField()),
                ("numerator", models.DecimalField(decimal_places=4, max_digits=24, null=True)),
                ("denominator", models.DecimalField(decimal_places=4, max_digits=24, null=True)),
                (
                    "mean",
                    models.DecimalField(
                        decimal_places=10,
                        help_text="The figure itself, where it does not follow from the numbers shown.",
                        max_digits=30,
                        null=True,
                    ),
                ),
                (
                    "hidden",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("source", "source"),
                            ("primary", "primary"),
                            ("complement", "complement"),
                            ("class", "class"),
                            ("total", "total"),
                            ("dominance", "dominance"),
                            ("secondary", "secondary"),
                            ("margin", "margin"),
                            ("merged", "merged"),
                            ("withheld", "withheld"),
                        ],
                        help_text="The rule that hid it; empty when it was shown.",
                        max_length=10,
                    ),
                ),
                (
                    "reporters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="The organisations whose figures it is made of.",
                        size=None,
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.category",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.place",
                    ),
                ),
                (
                    "published",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="outcomes.publishedmeasure",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("published", "period", "organisation", "place", "category"),
                        name="published_cell_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hidden", ""),
                            models.Q(("denominator", None), ("mean", None), ("numerator", None)),
                            _connector="OR",
                        ),
                        name="published_cell_hides_its_numbers",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publishedcell",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cabd77312fdd6f56bfcb67827d9b62befa0d7e78",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f1c64",
                    table="outcomes_publishedcell",
                    when="BEFORE",
                ),
            ),
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
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
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
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["period"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("measure", "period"), name="rebase_unique_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="rebase_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("agreed_by", None)),
                            models.Q(("agreed_at__isnull", False), ("proposed_by", None)),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                                models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="rebase_agreed_by_another",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rebase",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_rebaseevent" ("agreed_at", "agreed_by_id", "id", "measure_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."id", NEW."measure_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."reason"); RETURN NULL;',
                    hash="000a0bc5e5d73afceb603a71c3066efbc4a39a56",
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
                    func='INSERT INTO "outcomes_rebaseevent" ("agreed_at", "agreed_by_id", "id", "measure_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."id", NEW."measure_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."reason"); RETURN NULL;',
                    hash="0e2f3223813b86d4f7c9d20c4e75cab5eb478809",
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
                    func='INSERT INTO "outcomes_rebaseevent" ("agreed_at", "agreed_by_id", "id", "measure_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason") VALUES (OLD."agreed_at", OLD."agreed_by_id", OLD."id", OLD."measure_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_by_id", OLD."reason"); RETURN NULL;',
                    hash="7387e9632bdeaa212ac20a2f9a1226deb30a0e4d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f4a3e",
                    table="outcomes_rebase",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="RebaseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("period", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
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
                (
                    "proposed_by",
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
            ],
            options={
                "abstract": False,
            },
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
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sent_at", models.DateTimeField()),
                (
                    "sha256",
                    models.CharField(
                        help_text="Of the file, or of the typed figures written as CSV.",
                        max_length=64,
                    ),
                ),
                ("figures", models.PositiveIntegerField(help_text="How many figures were sent.")),
                (
                    "totals",
                    models.JSONField(
                        help_text="[{measure, returns, figures, numerator, denominator}], numbers as text."
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="Empty when an analyst sent the figures of several partners.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at"],
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
                (
                    "slug",
                    models.SlugField(help_text="Its public address.", max_length=80, unique=True),
                ),
                ("title", models.CharField(max_length=160)),
                ("note", models.TextField(blank=True)),
                (
                    "due_at",
                    models.DateTimeField(
                        help_text="When it is published; empty: as soon as it is approved.",
                        null=True,
                    ),
                ),
                (
                    "reissued",
                    models.BooleanField(
                        default=False,
                        help_text="Publishes whole periods again, as was planned and announced.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("scheduled", "Approved"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                            ("cancelled", "Called off"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("planned_at", models.DateTimeField(null=True)),
                (
                    "returned_reason",
                    models.TextField(
                        blank=True, help_text="Why it is planned again after it was approved."
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "ended_at",
                    models.DateTimeField(
                        help_text="When it was called off or withdrawn.", null=True
                    ),
                ),
                ("end_reason", models.TextField(blank=True)),
                ("software_version", models.CharField(blank=True, max_length=40)),
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
                    "collections",
                    models.ManyToManyField(
                        help_text="What it will hold.",
                        related_name="releases",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "makers",
                    models.ManyToManyField(
                        help_text="Everybody who shaped it; none of them may approve it.",
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="partners.partnership",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", False),
                                ("published_by__isnull", False),
                                ("state__in", ["published", "withdrawn"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["published", "withdrawn"]), _negated=True),
                                ("published_at__isnull", True),
                                ("published_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="release_published_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("planned_at__isnull", True), ("planned_by__isnull", True)),
                            models.Q(("planned_at__isnull", False), ("planned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="release_planned_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="release_approved_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("planned_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="release_maker_is_not_checker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("state", "planned")),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("due_at__isnull", False),
                                ("state", "scheduled"),
                            ),
                            ("state__in", ["published", "withdrawn", "cancelled"]),
                            _connector="OR",
                        ),
                        name="release_scheduled_is_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["withdrawn", "cancelled"]),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["withdrawn", "cancelled"]), _negated=True),
                                ("end_reason", ""),
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="release_ended_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["planned", "scheduled"])),
                        fields=("partnership", "title"),
                        name="release_title_once_to_come",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_published_releases",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'published' OR OLD.\"state\" = 'withdrawn')",
                    declare="DECLARE ends text[];",
                    func="\n                    ends := ARRAY['state', 'ended_at', 'ended_by_id', 'end_reason'];\n                    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'withdrawn'\n                       AND to_jsonb(OLD) - ends = to_jsonb(NEW) - ends THEN\n                        RETURN NEW;\n                    END IF;\n                    RAISE EXCEPTION 'What was published stays: a release can only be withdrawn';\n                ",
                    hash="3f5ffdbf74871c3518fadaefde2b3e8b1f1a8bff",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keep_published_releases_57b2a",
                    table="outcomes_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_releaseevent" ("approved_at", "approved_by_id", "due_at", "end_reason", "ended_at", "ended_by_id", "id", "note", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "published_at", "published_by_id", "reissued", "returned_reason", "slug", "software_version", "state", "title", "uuid") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."due_at", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."note", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."published_at", NEW."published_by_id", NEW."reissued", NEW."returned_reason", NEW."slug", NEW."software_version", NEW."state", NEW."title", NEW."uuid"); RETURN NULL;',
                    hash="d08093c47266dedd76541048c03e761f371b97a5",
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
                    func='INSERT INTO "outcomes_releaseevent" ("approved_at", "approved_by_id", "due_at", "end_reason", "ended_at", "ended_by_id", "id", "note", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "published_at", "published_by_id", "reissued", "returned_reason", "slug", "software_version", "state", "title", "uuid") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."due_at", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."note", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."published_at", NEW."published_by_id", NEW."reissued", NEW."returned_reason", NEW."slug", NEW."software_version", NEW."state", NEW."title", NEW."uuid"); RETURN NULL;',
                    hash="d4887950fc8dffaaa4b34c36c037d5e55e33a4ee",
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
                    func='INSERT INTO "outcomes_releaseevent" ("approved_at", "approved_by_id", "due_at", "end_reason", "ended_at", "ended_by_id", "id", "note", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "published_at", "published_by_id", "reissued", "returned_reason", "slug", "software_version", "state", "title", "uuid") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."due_at", OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."id", OLD."note", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."planned_at", OLD."planned_by_id", OLD."published_at", OLD."published_by_id", OLD."reissued", OLD."returned_reason", OLD."slug", OLD."software_version", OLD."state", OLD."title", OLD."uuid"); RETURN NULL;',
                    hash="708eac12288a0a3548b15fe1c5989bc3d83ed8bd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3b2d6",
                    table="outcomes_release",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Rehearsal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        help_text="The fingerprint of what was rehearsed.", max_length=64
                    ),
                ),
                (
                    "problems",
                    models.JSONField(
                        help_text="For each measure, sentences about what it gives away."
                    ),
                ),
                (
                    "figures",
                    models.JSONField(
                        help_text="For each measure, its sentence and its new figures."
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now=True)),
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rehearsal",
                        to="outcomes.release",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="publishedmeasure",
            name="release",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="published",
                to="outcomes.release",
            ),
        ),
        migrations.CreateModel(
            name="EarlyReaderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "capacity",
                    models.CharField(
                        help_text="As whom they read it; published with the release.",
                        max_length=160,
                    ),
                ),
                ("named_at", models.DateTimeField(auto_now_add=True)),
                ("first_read_at", models.DateTimeField(null=True)),
                (
                    "named_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.earlyreader",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.release",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyreaderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9e48ae76a59976d4cdd7fa9ff98203be970059a0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dfb53",
                    table="outcomes_earlyreaderevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="earlyreader",
            name="release",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="early_readers",
                to="outcomes.release",
            ),
        ),
        migrations.CreateModel(
            name="ReleaseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "slug",
                    models.SlugField(
                        db_index=False, help_text="Its public address.", max_length=80
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("note", models.TextField(blank=True)),
                (
                    "due_at",
                    models.DateTimeField(
                        help_text="When it is published; empty: as soon as it is approved.",
                        null=True,
                    ),
                ),
                (
                    "reissued",
                    models.BooleanField(
                        default=False,
                        help_text="Publishes whole periods again, as was planned and announced.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("scheduled", "Approved"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                            ("cancelled", "Called off"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("planned_at", models.DateTimeField(null=True)),
                (
                    "returned_reason",
                    models.TextField(
                        blank=True, help_text="Why it is planned again after it was approved."
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "ended_at",
                    models.DateTimeField(
                        help_text="When it was called off or withdrawn.", null=True
                    ),
                ),
                ("end_reason", models.TextField(blank=True)),
                ("software_version", models.CharField(blank=True, max_length=40)),
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
                    "ended_by",
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
                    "planned_by",
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
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.DateField()),
                (
                    "day",
                    models.SmallIntegerField(
                        help_text="Which of the collection's reminder days it was."
                    ),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="outcomes.collection",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("collection", "organisation", "period", "day"), name="reminder_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "sentence",
                    models.CharField(
                        help_text="What is wrong and what to do, as the sender reads it.",
                        max_length=300,
                    ),
                ),
                ("left", models.JSONField()),
                (
                    "operator",
                    models.CharField(
                        choices=[
                            ("=", "is equal to"),
                            ("<=", "is at most"),
                            ("<", "is less than"),
                            (">=", "is at least"),
                            (">", "is more than"),
                        ],
                        max_length=2,
                    ),
                ),
                ("right", models.JSONField()),
                (
                    "when_missing",
                    models.CharField(
                        choices=[
                            ("skip", "Do not check"),
                            ("zero", "Count it as zero"),
                            ("ask", "Ask for it"),
                        ],
                        default="skip",
                        max_length=4,
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[
                            ("must", "Must be put right"),
                            ("may", "Must be put right, or explained"),
                        ],
                        default="must",
                        max_length=4,
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="outcomes.collection",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sentence", ""), _negated=True),
                        name="rule_has_sentence",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_ruleevent" ("collection_id", "id", "left", "operator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "sentence", "uuid", "weight", "when_missing") VALUES (NEW."collection_id", NEW."id", NEW."left", NEW."operator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."right", NEW."sentence", NEW."uuid", NEW."weight", NEW."when_missing"); RETURN NULL;',
                    hash="eb3d3e54b310cc9e6987e588a3d2e63fd9ac519c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_33cc8",
                    table="outcomes_rule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_ruleevent" ("collection_id", "id", "left", "operator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "sentence", "uuid", "weight", "when_missing") VALUES (NEW."collection_id", NEW."id", NEW."left", NEW."operator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."right", NEW."sentence", NEW."uuid", NEW."weight", NEW."when_missing"); RETURN NULL;',
                    hash="f65e368a132833f61d6bfb2d68fcf57e49a5ea8d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0b1b8",
                    table="outcomes_rule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_ruleevent" ("collection_id", "id", "left", "operator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "sentence", "uuid", "weight", "when_missing") VALUES (OLD."collection_id", OLD."id", OLD."left", OLD."operator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."right", OLD."sentence", OLD."uuid", OLD."weight", OLD."when_missing"); RETURN NULL;',
                    hash="d2d358ae4b04202d03aff562d35dad56c4d3f0d4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0b10c",
                    table="outcomes_rule",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rule", "Does not fit together"),
                            ("unusual", "Outside the expected range"),
                            ("changed", "Large change"),
                            ("twice", "Counted twice"),
                            ("asked", "Question from the approver"),
                            ("replaced", "Replaced by a file"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[
                            ("must", "Must be put right"),
                            ("may", "Must be put right, or explained"),
                        ],
                        default="may",
                        max_length=4,
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True, help_text="The figure it was raised for.", max_length=80
                    ),
                ),
                ("message", models.CharField(max_length=500)),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.category",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.place",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="outcomes.rule",
                    ),
                ),
            ],
            options={
                "ordering": ["submission", "measure__order", "place", "category", "kind", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                    ),
                ),
                (
                    "sentence",
                    models.CharField(
                        help_text="What is wrong and what to do, as the sender reads it.",
                        max_length=300,
                    ),
                ),
                ("left", models.JSONField()),
                (
                    "operator",
                    models.CharField(
                        choices=[
                            ("=", "is equal to"),
                            ("<=", "is at most"),
                            ("<", "is less than"),
                            (">=", "is at least"),
                            (">", "is more than"),
                        ],
                        max_length=2,
                    ),
                ),
                ("right", models.JSONField()),
                (
                    "when_missing",
                    models.CharField(
                        choices=[
                            ("skip", "Do not check"),
                            ("zero", "Count it as zero"),
                            ("ask", "Ask for it"),
                        ],
                        default="skip",
                        max_length=4,
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[
                            ("must", "Must be put right"),
                            ("may", "Must be put right, or explained"),
                        ],
                        default="must",
                        max_length=4,
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.rule",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="eb6054203d33b957aeb8a0a29a35e1a08356d237",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_910bc",
                    table="outcomes_ruleevent",
                    when="BEFORE",
                ),
            ),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "measure", "organisation", "place", "category"),
                        name="series_unique_part",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", True), ("place__isnull", True)),
                            models.Q(("category__isnull", True), ("organisation__isnull", True)),
                            models.Q(("category__isnull", True), ("place__isnull", True)),
                            _connector="OR",
                        ),
                        name="series_one_part_at_a_time",
                    ),
                ],
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
                (
                    "first_sent_at",
                    models.DateTimeField(
                        help_text="When it was first sent; says whether it was on time.", null=True
                    ),
                ),
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
                    "makers",
                    models.ManyToManyField(
                        help_text="Everybody who entered figures of this version; none of them may approve it.",
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
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="outcomes.receipt",
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
            name="ObservationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
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
                            ("unfinished", "Unfinished"),
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
                    "note",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="What readers should know about it.",
                        max_length=500,
                    ),
                ),
                ("typed_at", models.DateTimeField(null=True)),
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
                    "typed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Who typed it; empty when it came in a file.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
        migrations.AddField(
            model_name="observation",
            name="submission",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="observations",
                to="outcomes.submission",
            ),
        ),
        migrations.CreateModel(
            name="FlagEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rule", "Does not fit together"),
                            ("unusual", "Outside the expected range"),
                            ("changed", "Large change"),
                            ("twice", "Counted twice"),
                            ("asked", "Question from the approver"),
                            ("replaced", "Replaced by a file"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[
                            ("must", "Must be put right"),
                            ("may", "Must be put right, or explained"),
                        ],
                        default="may",
                        max_length=4,
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True, help_text="The figure it was raised for.", max_length=80
                    ),
                ),
                ("message", models.CharField(max_length=500)),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="outcomes.flag",
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
                    "raised_by",
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
                    "measure",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.rule",
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
        pgtrigger.migrations.AddTrigger(
            model_name="flagevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1b54d5ef60c94406d893a42cc517b24fca586b17",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3705d",
                    table="outcomes_flagevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="flags",
                to="outcomes.submission",
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="outcomes.release",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="outcomes.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["-release__published_at", "-submission__period", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "measure"), name="correction_once"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4989f31c2964f3631925b6d565b67f29220447e4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b1da6",
                    table="outcomes_correction",
                    when="BEFORE",
                ),
            ),
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
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="targets",
                        to="outcomes.measure",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["from_date"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_date__isnull", True),
                            ("to_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="target_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("agreed_by", None)),
                            models.Q(("agreed_at__isnull", False), ("proposed_by", None)),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                                models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="target_agreed_by_another",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_targetevent" ("agreed_at", "agreed_by_id", "from_date", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "source", "to_date", "value") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."from_date", NEW."id", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."source", NEW."to_date", NEW."value"); RETURN NULL;',
                    hash="e072e6020a0f386fe2f5d23c5ccbc8687bf83124",
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
                    func='INSERT INTO "outcomes_targetevent" ("agreed_at", "agreed_by_id", "from_date", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "source", "to_date", "value") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."from_date", NEW."id", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."source", NEW."to_date", NEW."value"); RETURN NULL;',
                    hash="49386712d635bf989e17e97f786bec0cf4649bc8",
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
                    func='INSERT INTO "outcomes_targetevent" ("agreed_at", "agreed_by_id", "from_date", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "source", "to_date", "value") VALUES (OLD."agreed_at", OLD."agreed_by_id", OLD."from_date", OLD."id", OLD."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_by_id", OLD."source", OLD."to_date", OLD."value"); RETURN NULL;',
                    hash="35a9548499cba6dbb62575c1c7d9169512fe95fd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_36489",
                    table="outcomes_target",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="TargetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=14)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=160)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
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
                        to="outcomes.target",
                    ),
                ),
                (
                    "proposed_by",
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
            ],
            options={
                "abstract": False,
            },
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
                            ("unknown", "We need to know what the columns mean"),
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
                (
                    "notes",
                    models.JSONField(
                        default=list, help_text="What the reader noticed, as sentences."
                    ),
                ),
                (
                    "first_look",
                    models.JSONField(
                        help_text="Sheets and first rows of a file of an unknown kind: limited.look.",
                        null=True,
                    ),
                ),
                (
                    "marked_file",
                    models.FileField(
                        blank=True,
                        help_text="The same rows with a column that says what is wrong.",
                        max_length=200,
                        storage=outcomes.models.uploads.private_storage,
                        upload_to=outcomes.models.uploads.marked_name,
                    ),
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "failed"), _negated=True),
                        fields=("collection", "organisation", "sha256"),
                        name="upload_same_file_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
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
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="upload",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_uploadevent" ("checked_at", "collection_id", "id", "message", "notes", "organisation_id", "original_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "profile_id", "received_at", "received_by_id", "rows_accepted", "rows_not_needed", "rows_of_others", "rows_read", "sha256", "size", "state", "uuid") VALUES (NEW."checked_at", NEW."collection_id", NEW."id", NEW."message", NEW."notes", NEW."organisation_id", NEW."original_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."problem_count", NEW."profile_id", NEW."received_at", NEW."received_by_id", NEW."rows_accepted", NEW."rows_not_needed", NEW."rows_of_others", NEW."rows_read", NEW."sha256", NEW."size", NEW."state", NEW."uuid"); RETURN NULL;',
                    hash="021ebb68ced55cf5768607668fdc897917fd633e",
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
                    condition='WHEN (OLD."checked_at" IS DISTINCT FROM (NEW."checked_at") OR OLD."collection_id" IS DISTINCT FROM (NEW."collection_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."message" IS DISTINCT FROM (NEW."message") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."original_name" IS DISTINCT FROM (NEW."original_name") OR OLD."problem_count" IS DISTINCT FROM (NEW."problem_count") OR OLD."profile_id" IS DISTINCT FROM (NEW."profile_id") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."received_by_id" IS DISTINCT FROM (NEW."received_by_id") OR OLD."rows_accepted" IS DISTINCT FROM (NEW."rows_accepted") OR OLD."rows_not_needed" IS DISTINCT FROM (NEW."rows_not_needed") OR OLD."rows_of_others" IS DISTINCT FROM (NEW."rows_of_others") OR OLD."rows_read" IS DISTINCT FROM (NEW."rows_read") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))',
                    func='INSERT INTO "outcomes_uploadevent" ("checked_at", "collection_id", "id", "message", "notes", "organisation_id", "original_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "profile_id", "received_at", "received_by_id", "rows_accepted", "rows_not_needed", "rows_of_others", "rows_read", "sha256", "size", "state", "uuid") VALUES (NEW."checked_at", NEW."collection_id", NEW."id", NEW."message", NEW."notes", NEW."organisation_id", NEW."original_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."problem_count", NEW."profile_id", NEW."received_at", NEW."received_by_id", NEW."rows_accepted", NEW."rows_not_needed", NEW."rows_of_others", NEW."rows_read", NEW."sha256", NEW."size", NEW."state", NEW."uuid"); RETURN NULL;',
                    hash="a3b978f787f7da2d132b48ded0463fc2548c33dc",
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
                    func='INSERT INTO "outcomes_uploadevent" ("checked_at", "collection_id", "id", "message", "notes", "organisation_id", "original_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "profile_id", "received_at", "received_by_id", "rows_accepted", "rows_not_needed", "rows_of_others", "rows_read", "sha256", "size", "state", "uuid") VALUES (OLD."checked_at", OLD."collection_id", OLD."id", OLD."message", OLD."notes", OLD."organisation_id", OLD."original_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."problem_count", OLD."profile_id", OLD."received_at", OLD."received_by_id", OLD."rows_accepted", OLD."rows_not_needed", OLD."rows_of_others", OLD."rows_read", OLD."sha256", OLD."size", OLD."state", OLD."uuid"); RETURN NULL;',
                    hash="d8f85bf5990a737c5a1e02fee30830fcedf4cce1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_508b0",
                    table="outcomes_upload",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="SubmissionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
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
                (
                    "first_sent_at",
                    models.DateTimeField(
                        help_text="When it was first sent; says whether it was on time.", null=True
                    ),
                ),
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
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outcomes.receipt",
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
            name="ReceiptEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sent_at", models.DateTimeField()),
                (
                    "sha256",
                    models.CharField(
                        help_text="Of the file, or of the typed figures written as CSV.",
                        max_length=64,
                    ),
                ),
                ("figures", models.PositiveIntegerField(help_text="How many figures were sent.")),
                (
                    "totals",
                    models.JSONField(
                        help_text="[{measure, returns, figures, numerator, denominator}], numbers as text."
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
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Empty when an analyst sent the figures of several partners.",
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
                        to="outcomes.receipt",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Empty when typed.",
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
        pgtrigger.migrations.AddTrigger(
            model_name="receiptevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="67b8886252d2468c9c70e4772de72a92db8e14aa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8ddbd",
                    table="outcomes_receiptevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="upload",
            field=models.ForeignKey(
                help_text="Empty when typed.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
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
        migrations.CreateModel(
            name="UploadEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
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
                            ("unknown", "We need to know what the columns mean"),
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
                (
                    "notes",
                    models.JSONField(
                        default=list, help_text="What the reader noticed, as sentences."
                    ),
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
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("asks_from__gte", models.F("accepts_from"))),
                name="collection_asks_for_what_it_accepts",
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closing_working_days__isnull", True),
                    ("closing_working_days__gte", models.F("due_working_days")),
                    _connector="OR",
                ),
                name="collection_closes_after_due",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collection",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_collectionevent" ("accepts_from", "asks_from", "asks_to", "closing_working_days", "due_working_days", "frequency", "guidance", "id", "name", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminder_days", "slug") VALUES (NEW."accepts_from", NEW."asks_from", NEW."asks_to", NEW."closing_working_days", NEW."due_working_days", NEW."frequency", NEW."guidance", NEW."id", NEW."name", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reminder_days", NEW."slug"); RETURN NULL;',
                    hash="835f9ba759054172525cca17057363cec7ef86bf",
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
                    func='INSERT INTO "outcomes_collectionevent" ("accepts_from", "asks_from", "asks_to", "closing_working_days", "due_working_days", "frequency", "guidance", "id", "name", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminder_days", "slug") VALUES (NEW."accepts_from", NEW."asks_from", NEW."asks_to", NEW."closing_working_days", NEW."due_working_days", NEW."frequency", NEW."guidance", NEW."id", NEW."name", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reminder_days", NEW."slug"); RETURN NULL;',
                    hash="142d9179022c0df72ea350317bf5fcbc1c67f791",
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
                    func='INSERT INTO "outcomes_collectionevent" ("accepts_from", "asks_from", "asks_to", "closing_working_days", "due_working_days", "frequency", "guidance", "id", "name", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminder_days", "slug") VALUES (OLD."accepts_from", OLD."asks_from", OLD."asks_to", OLD."closing_working_days", OLD."due_working_days", OLD."frequency", OLD."guidance", OLD."id", OLD."name", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reminder_days", OLD."slug"); RETURN NULL;',
                    hash="47e67bf977a091b24614255ef7352f713184fb2d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bea06",
                    table="outcomes_collection",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedmeasure",
            constraint=models.UniqueConstraint(
                fields=("release", "measure"), name="published_measure_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publishedmeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7080613c42e0e8bc2117fd553cafd1501647ea62",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f48b2",
                    table="outcomes_publishedmeasure",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="earlyreader",
            constraint=models.UniqueConstraint(
                fields=("release", "user"), name="early_reader_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="earlyreader",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity", ""), _negated=True),
                name="early_reader_has_capacity",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyreader",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_earlyreaderevent" ("capacity", "first_read_at", "id", "named_at", "named_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "user_id") VALUES (NEW."capacity", NEW."first_read_at", NEW."id", NEW."named_at", NEW."named_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."release_id", NEW."user_id"); RETURN NULL;',
                    hash="07131adccdbb342f26e2c2ae5a3be37abebc7e5f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5fe47",
                    table="outcomes_earlyreader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyreader",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_earlyreaderevent" ("capacity", "first_read_at", "id", "named_at", "named_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "user_id") VALUES (NEW."capacity", NEW."first_read_at", NEW."id", NEW."named_at", NEW."named_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."release_id", NEW."user_id"); RETURN NULL;',
                    hash="7f7d0d51853dcd351111d1de662bb9099228fa68",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dfa55",
                    table="outcomes_earlyreader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyreader",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_earlyreaderevent" ("capacity", "first_read_at", "id", "named_at", "named_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "user_id") VALUES (OLD."capacity", OLD."first_read_at", OLD."id", OLD."named_at", OLD."named_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."release_id", OLD."user_id"); RETURN NULL;',
                    hash="dcc7f532071ee963b1990b4c5994797d265ec8f6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_587df",
                    table="outcomes_earlyreader",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(fields=["measure", "period"], name="observation_by_measure"),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(
                condition=models.Q(("status", "unfinished")),
                fields=["submission"],
                name="observation_unfinished",
            ),
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
                    models.Q(("denominator__isnull", True), ("status", "unfinished")),
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
                    func="\n                    IF EXISTS (SELECT FROM outcomes_submission\n                                WHERE id IN (OLD.submission_id, NEW.submission_id)\n                                  AND state = 'released') THEN\n                        RAISE EXCEPTION 'What a release published never changes';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF NEW.submission_id <> OLD.submission_id THEN\n                        PERFORM FROM outcomes_submission WHERE id = NEW.submission_id\n                            FOR KEY SHARE;\n                        IF NOT FOUND THEN\n                            RAISE EXCEPTION 'A figure belongs to a submission'\n                                USING ERRCODE = 'foreign_key_violation';\n                        END IF;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="fa5398a7c59991b1a794256c1d0c0dc98b0bf178",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keep_released_observations_b7d3a",
                    table="outcomes_observation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="observation",
            trigger=pgtrigger.compiler.Trigger(
                name="add_nothing_to_a_release",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE ids bigint[]; known integer;",
                    func="\n                    ids := ARRAY(SELECT DISTINCT submission_id FROM added);\n                    PERFORM FROM outcomes_submission WHERE id = ANY(ids) FOR KEY SHARE;\n                    GET DIAGNOSTICS known = ROW_COUNT;\n                    IF known < cardinality(ids) THEN\n                        RAISE EXCEPTION 'A figure belongs to a submission'\n                            USING ERRCODE = 'foreign_key_violation';\n                    END IF;\n                    IF EXISTS (SELECT FROM outcomes_submission\n                                WHERE id = ANY(ids) AND state = 'released') THEN\n                        RAISE EXCEPTION 'Nothing is added to what a release published';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="935e0b4949e472d81d2d6ce7b755e7b1ba75e8d6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_add_nothing_to_a_release_447e3",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="outcomes_observation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="observation",
            trigger=pgtrigger.compiler.Trigger(
                name="typed_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."typed_by_id" IS NOT NULL)',
                    func='INSERT INTO "outcomes_observationevent" ("category_id", "denominator", "id", "measure_id", "note", "numerator", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proportion", "source_row", "status", "submission_id", "typed_at", "typed_by_id") VALUES (NEW."category_id", NEW."denominator", NEW."id", NEW."measure_id", NEW."note", NEW."numerator", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'typed\', NEW."id", NEW."place_id", NEW."proportion", NEW."source_row", NEW."status", NEW."submission_id", NEW."typed_at", NEW."typed_by_id"); RETURN NULL;',
                    hash="89c068a5eceb5e9c186c9c52d7a090159833c8a2",
                    operation="INSERT",
                    pgid="pgtrigger_typed_insert_d8626",
                    table="outcomes_observation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="observation",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_observationevent" ("category_id", "denominator", "id", "measure_id", "note", "numerator", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proportion", "source_row", "status", "submission_id", "typed_at", "typed_by_id") VALUES (OLD."category_id", OLD."denominator", OLD."id", OLD."measure_id", OLD."note", OLD."numerator", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'before\', OLD."id", OLD."place_id", OLD."proportion", OLD."source_row", OLD."status", OLD."submission_id", OLD."typed_at", OLD."typed_by_id"); RETURN NULL;',
                    hash="73e84a14b32c6605edd712c936de1da84689de31",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_53306",
                    table="outcomes_observation",
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
                    func='INSERT INTO "outcomes_observationevent" ("category_id", "denominator", "id", "measure_id", "note", "numerator", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proportion", "source_row", "status", "submission_id", "typed_at", "typed_by_id") VALUES (NEW."category_id", NEW."denominator", NEW."id", NEW."measure_id", NEW."note", NEW."numerator", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."proportion", NEW."source_row", NEW."status", NEW."submission_id", NEW."typed_at", NEW."typed_by_id"); RETURN NULL;',
                    hash="15d87bee6e09e02ca1090b7a071fe2b2aa43ff74",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8f2fb",
                    table="outcomes_observation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="observation",
            trigger=pgtrigger.compiler.Trigger(
                name="cleared_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."typed_by_id" IS NOT NULL)',
                    func='INSERT INTO "outcomes_observationevent" ("category_id", "denominator", "id", "measure_id", "note", "numerator", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proportion", "source_row", "status", "submission_id", "typed_at", "typed_by_id") VALUES (OLD."category_id", OLD."denominator", OLD."id", OLD."measure_id", OLD."note", OLD."numerator", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'cleared\', OLD."id", OLD."place_id", OLD."proportion", OLD."source_row", OLD."status", OLD."submission_id", OLD."typed_at", OLD."typed_by_id"); RETURN NULL;',
                    hash="e1a080f0cef5cd67dfd12d3253f4d5680d7e4f76",
                    operation="DELETE",
                    pgid="pgtrigger_cleared_delete_62af9",
                    table="outcomes_observation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.UniqueConstraint(
                fields=("submission", "kind", "rule", "measure", "place", "category"),
                name="flag_unique",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="flag_answered_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at__isnull", True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="flag_answer_has_words",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="flag",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_flagevent" ("answer", "answered_at", "answered_by_id", "category_id", "id", "kind", "measure_id", "message", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "raised_at", "raised_by_id", "rule_id", "submission_id", "value", "weight") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."category_id", NEW."id", NEW."kind", NEW."measure_id", NEW."message", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id", NEW."raised_at", NEW."raised_by_id", NEW."rule_id", NEW."submission_id", NEW."value", NEW."weight"); RETURN NULL;',
                    hash="a3dd2699f16ab52e5f0ade748e87aa5fb585fd6d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_94bb9",
                    table="outcomes_flag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="flag",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_flagevent" ("answer", "answered_at", "answered_by_id", "category_id", "id", "kind", "measure_id", "message", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "raised_at", "raised_by_id", "rule_id", "submission_id", "value", "weight") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."category_id", NEW."id", NEW."kind", NEW."measure_id", NEW."message", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."raised_at", NEW."raised_by_id", NEW."rule_id", NEW."submission_id", NEW."value", NEW."weight"); RETURN NULL;',
                    hash="bb21765b5fb9591c6d4bb538f71e0980b4650c56",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_05f36",
                    table="outcomes_flag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="flag",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_flagevent" ("answer", "answered_at", "answered_by_id", "category_id", "id", "kind", "measure_id", "message", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "raised_at", "raised_by_id", "rule_id", "submission_id", "value", "weight") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."category_id", OLD."id", OLD."kind", OLD."measure_id", OLD."message", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id", OLD."raised_at", OLD."raised_by_id", OLD."rule_id", OLD."submission_id", OLD."value", OLD."weight"); RETURN NULL;',
                    hash="607d4639b9730bcf65f05c6b7f5bf108ef5eba1a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_869c8",
                    table="outcomes_flag",
                    when="AFTER",
                ),
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
                    ("state", "approved"),
                    models.Q(
                        models.Q(("state__in", ["approved", "released"]), _negated=True),
                        ("release__isnull", True),
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
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="send_nothing_unfinished",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NEW.state IN ('submitted', 'approved', 'released') AND EXISTS (\n                            SELECT FROM outcomes_observation\n                             WHERE submission_id = NEW.id AND status = 'unfinished') THEN\n                        RAISE EXCEPTION 'A figure that is unfinished is not sent'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="f92ddb63485ddf27f7494148a256276bc85fb1a2",
                    operation='UPDATE OF "state"',
                    pgid="pgtrigger_send_nothing_unfinished_46ad7",
                    table="outcomes_submission",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_submissions_of_figures",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (SELECT FROM outcomes_observation WHERE submission_id = OLD.id) THEN\n                        RAISE EXCEPTION 'There are figures of this submission'\n                            USING ERRCODE = 'foreign_key_violation';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="cd570f39ddb48660bc5550657787e2691036e8f4",
                    operation='UPDATE OF "id" OR DELETE',
                    pgid="pgtrigger_keep_submissions_of_figures_e31af",
                    table="outcomes_submission",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_submissionevent" ("approved_at", "approved_by_id", "collection_id", "correction_reason", "due_on", "entered_at", "entered_by_id", "first_sent_at", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt_id", "release_id", "return_reason", "returned_at", "returned_by_id", "state", "submitted_at", "submitted_by_id", "upload_id", "uuid", "version") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."collection_id", NEW."correction_reason", NEW."due_on", NEW."entered_at", NEW."entered_by_id", NEW."first_sent_at", NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."receipt_id", NEW."release_id", NEW."return_reason", NEW."returned_at", NEW."returned_by_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id", NEW."upload_id", NEW."uuid", NEW."version"); RETURN NULL;',
                    hash="83872f761636bc96a7b38b3377089384c1ed4805",
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
                    func='INSERT INTO "outcomes_submissionevent" ("approved_at", "approved_by_id", "collection_id", "correction_reason", "due_on", "entered_at", "entered_by_id", "first_sent_at", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt_id", "release_id", "return_reason", "returned_at", "returned_by_id", "state", "submitted_at", "submitted_by_id", "upload_id", "uuid", "version") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."collection_id", NEW."correction_reason", NEW."due_on", NEW."entered_at", NEW."entered_by_id", NEW."first_sent_at", NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."receipt_id", NEW."release_id", NEW."return_reason", NEW."returned_at", NEW."returned_by_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id", NEW."upload_id", NEW."uuid", NEW."version"); RETURN NULL;',
                    hash="9b03a8c7f17bd1c608f6ec25bf6ce41bff6aa27a",
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
                    func='INSERT INTO "outcomes_submissionevent" ("approved_at", "approved_by_id", "collection_id", "correction_reason", "due_on", "entered_at", "entered_by_id", "first_sent_at", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt_id", "release_id", "return_reason", "returned_at", "returned_by_id", "state", "submitted_at", "submitted_by_id", "upload_id", "uuid", "version") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."collection_id", OLD."correction_reason", OLD."due_on", OLD."entered_at", OLD."entered_by_id", OLD."first_sent_at", OLD."id", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."receipt_id", OLD."release_id", OLD."return_reason", OLD."returned_at", OLD."returned_by_id", OLD."state", OLD."submitted_at", OLD."submitted_by_id", OLD."upload_id", OLD."uuid", OLD."version"); RETURN NULL;',
                    hash="53079a46bcf3c968a5fb8c17867abbf412e603ca",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_02561",
                    table="outcomes_submission",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_receipts",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="21480da6115f61624e38c867aa661cb435dfb614",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keep_receipts_775f3",
                    table="outcomes_receipt",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_receiptevent" ("collection_id", "figures", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "sha256", "totals", "upload_id", "uuid") VALUES (NEW."collection_id", NEW."figures", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."sent_by_id", NEW."sha256", NEW."totals", NEW."upload_id", NEW."uuid"); RETURN NULL;',
                    hash="cfbbaf2d0454802a7ece298796b2493206dbff10",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_51816",
                    table="outcomes_receipt",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_receiptevent" ("collection_id", "figures", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "sha256", "totals", "upload_id", "uuid") VALUES (NEW."collection_id", NEW."figures", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sent_at", NEW."sent_by_id", NEW."sha256", NEW."totals", NEW."upload_id", NEW."uuid"); RETURN NULL;',
                    hash="d403e336db53e0f3c65eb6735722040805b43332",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_596cf",
                    table="outcomes_receipt",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_receiptevent" ("collection_id", "figures", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "sha256", "totals", "upload_id", "uuid") VALUES (OLD."collection_id", OLD."figures", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sent_at", OLD."sent_by_id", OLD."sha256", OLD."totals", OLD."upload_id", OLD."uuid"); RETURN NULL;',
                    hash="012feb619a59e4450d8a6c4a44f732722d0a25d0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e401c",
                    table="outcomes_receipt",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(
            code=_tenths.add,
            reverse_code=_tenths.remove,
        ),
    ]
