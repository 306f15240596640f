import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0010_check_figures_of_submissions_as_sets"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="observation",
            name="observation_number_fits_status",
        ),
        migrations.AlterField(
            model_name="flag",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rule", "Does not fit together"),
                    ("unusual", "Outside the expected range"),
                    ("changed", "Large change"),
                    ("twice", "Counted twice"),
                    ("asked", "Question from the approver"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="flagevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rule", "Does not fit together"),
                    ("unusual", "Outside the expected range"),
                    ("changed", "Large change"),
                    ("twice", "Counted twice"),
                    ("asked", "Question from the approver"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="observation",
            name="status",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="observationevent",
            name="status",
            field=models.CharField(
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
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(
                condition=models.Q(("status", "unfinished")),
                fields=["submission"],
                name="observation_unfinished",
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
    ]
