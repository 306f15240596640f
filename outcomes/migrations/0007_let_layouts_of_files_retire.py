import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0006_what_returns_need"),
        ("partners", "0003_find_changes_by_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.RemoveConstraint(
            model_name="importprofile",
            name="import_profile_unique_name",
        ),
        migrations.AddField(
            model_name="importprofile",
            name="retired_at",
            field=models.DateTimeField(
                blank=True,
                help_text="It reads no files from then on; old ones still name it.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="importprofileevent",
            name="retired_at",
            field=models.DateTimeField(
                blank=True,
                help_text="It reads no files from then on; old ones still name it.",
                null=True,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importprofile",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "made_by_id", "mapping", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at") VALUES (NEW."collection_id", NEW."header", NEW."id", NEW."made_by_id", NEW."mapping", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."retired_at"); RETURN NULL;',
                    hash="6b9c7394a218994c3c0f42e2a8161edb19375913",
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
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "made_by_id", "mapping", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at") VALUES (NEW."collection_id", NEW."header", NEW."id", NEW."made_by_id", NEW."mapping", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."retired_at"); RETURN NULL;',
                    hash="712a8fdde5983aaab4b3736f80e891f0462d0599",
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
                    func='INSERT INTO "outcomes_importprofileevent" ("collection_id", "header", "id", "made_by_id", "mapping", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at") VALUES (OLD."collection_id", OLD."header", OLD."id", OLD."made_by_id", OLD."mapping", OLD."name", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."retired_at"); RETURN NULL;',
                    hash="1739912d7aa9a04d031b273b45417513a0adc7c7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_71d9e",
                    table="outcomes_importprofile",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="importprofile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at__isnull", True)),
                fields=("collection", "organisation", "name"),
                name="import_profile_unique_name",
                nulls_distinct=False,
            ),
        ),
    ]
