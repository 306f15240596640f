import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="observation",
            name="keep_released_observations",
        ),
        migrations.AddField(
            model_name="submission",
            name="makers",
            field=models.ManyToManyField(
                help_text="Everybody who entered figures of this version; none of them may approve it.",
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="observation",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_released_observations",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (SELECT FROM outcomes_submission\n                                WHERE id IN (OLD.submission_id, NEW.submission_id)\n                                  AND state = 'released') THEN\n                        RAISE EXCEPTION 'What a release published never changes';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="200e0db5b7c4b459c1155ae098d8c5028b9cd6ef",
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
                    func="\n                    IF EXISTS (SELECT FROM added JOIN outcomes_submission s\n                                   ON s.id = added.submission_id\n                                WHERE s.state = 'released') THEN\n                        RAISE EXCEPTION 'Nothing is added to what a release published';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="a4915d257146849113814ef21747743a6f3fddb3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_add_nothing_to_a_release_447e3",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="outcomes_observation",
                    when="AFTER",
                ),
            ),
        ),
    ]
