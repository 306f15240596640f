import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0004_find_changes_by_time"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="observation",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_observationevent" ("category_id", "denominator", "id", "measure_id", "numerator", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proportion", "source_row", "status", "submission_id") VALUES (OLD."category_id", OLD."denominator", OLD."id", OLD."measure_id", OLD."numerator", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'before\', OLD."id", OLD."place_id", OLD."proportion", OLD."source_row", OLD."status", OLD."submission_id"); RETURN NULL;',
                    hash="e5454605083146c3c128a93bdd8542ad37c246a7",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_53306",
                    table="outcomes_observation",
                    when="AFTER",
                ),
            ),
        ),
    ]
