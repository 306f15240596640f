import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import outcomes.models.collections
import outcomes.models.uploads


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0005_record_figures_before_their_change"),
        ("partners", "0003_find_changes_by_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                "ordering": ["-period", "organisation__name"],
            },
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
            ],
            options={
                "abstract": False,
            },
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
                            ("asked", "Question from the approver"),
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
            ],
            options={
                "ordering": ["submission", "measure__order", "place", "category", "kind", "pk"],
            },
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
                            ("asked", "Question from the approver"),
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
            ],
            options={
                "abstract": False,
            },
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
            ],
            options={
                "ordering": ["-sent_at"],
            },
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
            ],
            options={
                "abstract": False,
            },
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
            ],
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
            ],
            options={
                "ordering": ["pk"],
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
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="collection",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="collection",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="collection",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="importprofile",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="importprofile",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="importprofile",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="measure",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="measure",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="measure",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="observation",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="observation",
            name="before_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="submission",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="submission",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="submission",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="upload",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="upload",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="upload",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="importprofile",
            name="import_profile_unique_name",
        ),
        migrations.AddField(
            model_name="collection",
            name="closing_working_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Working days after the period; empty: it never closes.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="reminder_days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(),
                blank=True,
                default=outcomes.models.collections.usual_reminder_days,
                help_text="Working days from the due day on which reminders go out; -5 is five before.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="collectionevent",
            name="closing_working_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Working days after the period; empty: it never closes.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="collectionevent",
            name="reminder_days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(),
                blank=True,
                default=outcomes.models.collections.usual_reminder_days,
                help_text="Working days from the due day on which reminders go out; -5 is five before.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="importprofile",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="importprofile",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose files it reads; empty for those of every partner.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="importprofileevent",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="importprofileevent",
            name="organisation",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="measure",
            name="ask_about_change",
            field=models.PositiveSmallIntegerField(
                blank=True,
                default=50,
                help_text="Ask the sender about a change from the last period of more than so many %.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="ask_about_change",
            field=models.PositiveSmallIntegerField(
                blank=True,
                default=50,
                help_text="Ask the sender about a change from the last period of more than so many %.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="observation",
            name="note",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="What readers should know about it.",
                max_length=500,
            ),
        ),
        migrations.AddField(
            model_name="observation",
            name="typed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="observation",
            name="typed_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="Who typed it; empty when it came in a file.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="observationevent",
            name="note",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="What readers should know about it.",
                max_length=500,
            ),
        ),
        migrations.AddField(
            model_name="observationevent",
            name="typed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="observationevent",
            name="typed_by",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="Who typed it; empty when it came in a file.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="first_sent_at",
            field=models.DateTimeField(
                help_text="When it was first sent; says whether it was on time.", null=True
            ),
        ),
        migrations.AddField(
            model_name="submissionevent",
            name="first_sent_at",
            field=models.DateTimeField(
                help_text="When it was first sent; says whether it was on time.", null=True
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="first_look",
            field=models.JSONField(
                help_text="Sheets and first rows of a file of an unknown kind: limited.look.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="marked_file",
            field=models.FileField(
                blank=True,
                help_text="The same rows with a column that says what is wrong.",
                max_length=200,
                storage=outcomes.models.uploads.private_storage,
                upload_to=outcomes.models.uploads.marked_name,
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="notes",
            field=models.JSONField(
                default=list, help_text="What the reader noticed, as sentences."
            ),
        ),
        migrations.AddField(
            model_name="uploadevent",
            name="notes",
            field=models.JSONField(
                default=list, help_text="What the reader noticed, as sentences."
            ),
        ),
        migrations.AlterField(
            model_name="upload",
            name="state",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="uploadevent",
            name="state",
            field=models.CharField(
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
        pgtrigger.migrations.AddTrigger(
            model_name="importprofile",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "made_by_id", "mapping", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."collection_id", NEW."header", NEW."id", NEW."made_by_id", NEW."mapping", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="a4b936901d564065bf9146ddac7c6b6fa927550d",
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
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "made_by_id", "mapping", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."collection_id", NEW."header", NEW."id", NEW."made_by_id", NEW."mapping", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="095833fa65a85aee26965d40c34eb196bdf5a195",
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
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "made_by_id", "mapping", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."collection_id", OLD."header", OLD."id", OLD."made_by_id", OLD."mapping", OLD."name", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="54a27708d152ce9b13b5442355bdef88f45f7b5f",
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
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "sentence_subject", "slug", "source", "unit") VALUES (NEW."about_people", NEW."ask_about_change", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."numerator_label", NEW."order", NEW."owner_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."sentence_subject", NEW."slug", NEW."source", NEW."unit"); RETURN NULL;',
                    hash="aead9e2697239bb36a3df0344817ea5f5668bc00",
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
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "sentence_subject", "slug", "source", "unit") VALUES (NEW."about_people", NEW."ask_about_change", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."numerator_label", NEW."order", NEW."owner_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."programme_id", NEW."sentence_subject", NEW."slug", NEW."source", NEW."unit"); RETURN NULL;',
                    hash="5bcf327d5e6889f6c8931f05e577d602038efaf5",
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
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "sentence_subject", "slug", "source", "unit") VALUES (OLD."about_people", OLD."ask_about_change", OLD."caveats", OLD."decimals", OLD."denominator_label", OLD."description", OLD."direction", OLD."disclosure", OLD."disclosure_reason", OLD."frequency", OLD."id", OLD."kind", OLD."multiplier", OLD."name", OLD."next_review_on", OLD."numerator_label", OLD."order", OLD."owner_id", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."sentence_subject", OLD."slug", OLD."source", OLD."unit"); RETURN NULL;',
                    hash="a9926cfd26c1471be878602bd37ed1430d9ac022",
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
        migrations.AddConstraint(
            model_name="importprofile",
            constraint=models.UniqueConstraint(
                fields=("collection", "organisation", "name"),
                name="import_profile_unique_name",
                nulls_distinct=False,
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="extensions",
                to="outcomes.collection",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="granted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="extensionevent",
            name="collection",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.collection",
            ),
        ),
        migrations.AddField(
            model_name="extensionevent",
            name="granted_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="extensionevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="extensionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="outcomes.extension",
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="category",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="outcomes.category",
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="measure",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="outcomes.measure",
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="place",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.place",
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="raised_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
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
        migrations.AddField(
            model_name="flagevent",
            name="answered_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="flagevent",
            name="category",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.category",
            ),
        ),
        migrations.AddField(
            model_name="flagevent",
            name="measure",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.measure",
            ),
        ),
        migrations.AddField(
            model_name="flagevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="outcomes.flag",
            ),
        ),
        migrations.AddField(
            model_name="flagevent",
            name="place",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="partners.place",
            ),
        ),
        migrations.AddField(
            model_name="flagevent",
            name="raised_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="flagevent",
            name="submission",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.submission",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="outcomes.collection",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="organisation",
            field=models.ForeignKey(
                help_text="Empty when an analyst sent the figures of several partners.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="sent_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
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
        migrations.AddField(
            model_name="submission",
            name="receipt",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="outcomes.receipt",
            ),
        ),
        migrations.AddField(
            model_name="submissionevent",
            name="receipt",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.receipt",
            ),
        ),
        migrations.AddField(
            model_name="receiptevent",
            name="collection",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.collection",
            ),
        ),
        migrations.AddField(
            model_name="receiptevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="Empty when an analyst sent the figures of several partners.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="receiptevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="outcomes.receipt",
            ),
        ),
        migrations.AddField(
            model_name="receiptevent",
            name="sent_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="receiptevent",
            name="upload",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="Empty when typed.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.upload",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="outcomes.collection",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="rule",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rules",
                to="outcomes.collection",
            ),
        ),
        migrations.AddField(
            model_name="flagevent",
            name="rule",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.rule",
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="rule",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="outcomes.rule",
            ),
        ),
        migrations.AddField(
            model_name="ruleevent",
            name="collection",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.collection",
            ),
        ),
        migrations.AddField(
            model_name="ruleevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="outcomes.rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                fields=("collection", "organisation", "period"), name="extension_unique_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="extension_has_reason"
            ),
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
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("collection", "organisation", "period", "day"), name="reminder_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rule",
            constraint=models.CheckConstraint(
                condition=models.Q(("sentence", ""), _negated=True), name="rule_has_sentence"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_ruleevent" ("collection_id", "id", "left", "operator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "sentence", "weight", "when_missing") VALUES (NEW."collection_id", NEW."id", NEW."left", NEW."operator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."right", NEW."sentence", NEW."weight", NEW."when_missing"); RETURN NULL;',
                    hash="f4939977a09667bda6c8283361342a7e512dbdf1",
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
                    func='INSERT INTO "outcomes_ruleevent" ("collection_id", "id", "left", "operator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "sentence", "weight", "when_missing") VALUES (NEW."collection_id", NEW."id", NEW."left", NEW."operator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."right", NEW."sentence", NEW."weight", NEW."when_missing"); RETURN NULL;',
                    hash="18602c83f04301434ca7925035381118dd6b12b8",
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
                    func='INSERT INTO "outcomes_ruleevent" ("collection_id", "id", "left", "operator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "sentence", "weight", "when_missing") VALUES (OLD."collection_id", OLD."id", OLD."left", OLD."operator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."right", OLD."sentence", OLD."weight", OLD."when_missing"); RETURN NULL;',
                    hash="fcd1d86fffbe097c1ef3ef54d7a2c2504c118fab",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0b10c",
                    table="outcomes_rule",
                    when="AFTER",
                ),
            ),
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
    ]
