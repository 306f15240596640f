import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0009_address_layouts_of_files"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="observation",
            name="keep_released_observations",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="observation",
            name="add_nothing_to_a_release",
        ),
        migrations.AlterField(
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
    ]
