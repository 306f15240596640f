import django.contrib.postgres.functions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0008_address_rules_by_uuid"),
    ]

    operations = [
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
        migrations.AddField(
            model_name="importprofile",
            name="uuid",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="importprofileevent",
            name="uuid",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(), editable=False
            ),
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
    ]
