import uuid

import django.contrib.postgres.functions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0007_let_layouts_of_files_retire"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="rule",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="rule",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="rule",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="rule",
            name="uuid",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="ruleevent",
            name="uuid",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=uuid.uuid4,
                editable=False,
            ),
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
    ]
