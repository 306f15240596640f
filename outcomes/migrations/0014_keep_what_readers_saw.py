import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0013_plan_releases"),
        ("partners", "0003_find_changes_by_time"),
        ("programmes", "0004_record_what_programmes_have"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
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
            model_name="measureversion",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="measureversion",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="measureversion",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="measure",
            name="sensitive",
            field=models.BooleanField(
                default=False,
                help_text="That nobody, or everybody, is concerned is hidden like a small number.",
            ),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="sensitive",
            field=models.BooleanField(
                default=False,
                help_text="That nobody, or everybody, is concerned is hidden like a small number.",
            ),
        ),
        migrations.AddField(
            model_name="measureversion",
            name="sensitive",
            field=models.BooleanField(
                default=False,
                help_text="That nobody, or everybody, is concerned is hidden like a small number.",
            ),
        ),
        migrations.AddField(
            model_name="measureversionevent",
            name="sensitive",
            field=models.BooleanField(
                default=False,
                help_text="That nobody, or everybody, is concerned is hidden like a small number.",
            ),
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
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sensitive", False), ("disclosure", "suppress_and_round"), _connector="OR"
                ),
                name="measure_sensitive_is_protected",
            ),
        ),
        migrations.AddConstraint(
            model_name="measureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sensitive", False), ("disclosure", "suppress_and_round"), _connector="OR"
                ),
                name="measureversion_sensitive_is_protected",
            ),
        ),
        migrations.AddField(
            model_name="publishedcell",
            name="category",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="outcomes.category",
            ),
        ),
        migrations.AddField(
            model_name="publishedcell",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="publishedcell",
            name="place",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.place",
            ),
        ),
        migrations.AddField(
            model_name="publishedmeasure",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="published",
                to="outcomes.measure",
            ),
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
        migrations.AddField(
            model_name="publishedcell",
            name="published",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cells",
                to="outcomes.publishedmeasure",
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
            model_name="publishedcell",
            constraint=models.UniqueConstraint(
                fields=("published", "period", "organisation", "place", "category"),
                name="published_cell_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedcell",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden", ""),
                    models.Q(("denominator", None), ("mean", None), ("numerator", None)),
                    _connector="OR",
                ),
                name="published_cell_hides_its_numbers",
            ),
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
    ]
