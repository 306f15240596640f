import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

DEFINED = """
    programme_id, name, description, rationale, caveats, kind, numerator_label, denominator_label,
    multiplier, unit, sentence_subject, decimals, direction, frequency, source, owner_id,
    next_review_on, about_people, disclosure, disclosure_reason, ask_about_change, screen_outliers,
    two_of_three_counts_outside, signal_length
"""
FIRST_VERSIONS = f"""
    INSERT INTO outcomes_measureversion (
        measure_id, number, state, reason, answer, agreed_at, {DEFINED}
    )
    SELECT id, 1, 'agreed', 'As it was when versions began to be kept.', '', now(), {DEFINED}
      FROM outcomes_measure
"""  # noqa: S608 (only our own words)


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0011_keep_unfinished_figures"),
        ("partners", "0003_find_changes_by_time"),
        ("programmes", "0004_record_what_programmes_have"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                "ordering": ["-number"],
                "abstract": False,
            },
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
            ],
            options={
                "abstract": False,
            },
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
            model_name="rebase",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="rebase",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="rebase",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="measure",
            name="rationale",
            field=models.TextField(blank=True, help_text="Why it is worth knowing."),
        ),
        migrations.AddField(
            model_name="measure",
            name="retired_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="retired_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="retired_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="measure",
            name="screen_outliers",
            field=models.BooleanField(
                default=True, help_text="Leave unusually large steps out of the expected range."
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="signal_length",
            field=models.PositiveSmallIntegerField(
                default=7, help_text="How many points in a row make a trend or a run."
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="two_of_three_counts_outside",
            field=models.BooleanField(
                default=False, help_text="Count points outside the range towards two of three."
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="version",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="rationale",
            field=models.TextField(blank=True, help_text="Why it is worth knowing."),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="retired_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="retired_by",
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
            model_name="measureevent",
            name="retired_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="screen_outliers",
            field=models.BooleanField(
                default=True, help_text="Leave unusually large steps out of the expected range."
            ),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="signal_length",
            field=models.PositiveSmallIntegerField(
                default=7, help_text="How many points in a row make a trend or a run."
            ),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="two_of_three_counts_outside",
            field=models.BooleanField(
                default=False, help_text="Count points outside the range towards two of three."
            ),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="version",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="rebase",
            name="agreed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="rebase",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rebaseevent",
            name="agreed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="rebaseevent",
            name="proposed_by",
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
        migrations.AlterField(
            model_name="measure",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="owned_%(class)ss",
                to="partners.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="measure",
            name="programme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="programmes.programme",
            ),
        ),
        # What was in use so far was agreed. No trigger is there to record these changes.
        migrations.RunSQL("UPDATE outcomes_measure SET version = 1", migrations.RunSQL.noop),
        migrations.RunSQL("UPDATE outcomes_rebase SET agreed_at = now()", migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "rationale", "retired_at", "retired_by_id", "retired_reason", "screen_outliers", "sentence_subject", "signal_length", "slug", "source", "two_of_three_counts_outside", "unit", "version") VALUES (NEW."about_people", NEW."ask_about_change", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."numerator_label", NEW."order", NEW."owner_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."rationale", NEW."retired_at", NEW."retired_by_id", NEW."retired_reason", NEW."screen_outliers", NEW."sentence_subject", NEW."signal_length", NEW."slug", NEW."source", NEW."two_of_three_counts_outside", NEW."unit", NEW."version"); RETURN NULL;',
                    hash="0221c66b46f30bd03c6ca8af1d2a3f7ed6cf90f1",
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
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "rationale", "retired_at", "retired_by_id", "retired_reason", "screen_outliers", "sentence_subject", "signal_length", "slug", "source", "two_of_three_counts_outside", "unit", "version") VALUES (NEW."about_people", NEW."ask_about_change", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."numerator_label", NEW."order", NEW."owner_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."programme_id", NEW."rationale", NEW."retired_at", NEW."retired_by_id", NEW."retired_reason", NEW."screen_outliers", NEW."sentence_subject", NEW."signal_length", NEW."slug", NEW."source", NEW."two_of_three_counts_outside", NEW."unit", NEW."version"); RETURN NULL;',
                    hash="f56f7f61047d22bd19ac223208b63a73c5728354",
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
                    func='INSERT INTO "outcomes_measureevent" ("about_people", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "multiplier", "name", "next_review_on", "numerator_label", "order", "owner_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "rationale", "retired_at", "retired_by_id", "retired_reason", "screen_outliers", "sentence_subject", "signal_length", "slug", "source", "two_of_three_counts_outside", "unit", "version") VALUES (OLD."about_people", OLD."ask_about_change", OLD."caveats", OLD."decimals", OLD."denominator_label", OLD."description", OLD."direction", OLD."disclosure", OLD."disclosure_reason", OLD."frequency", OLD."id", OLD."kind", OLD."multiplier", OLD."name", OLD."next_review_on", OLD."numerator_label", OLD."order", OLD."owner_id", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."rationale", OLD."retired_at", OLD."retired_by_id", OLD."retired_reason", OLD."screen_outliers", OLD."sentence_subject", OLD."signal_length", OLD."slug", OLD."source", OLD."two_of_three_counts_outside", OLD."unit", OLD."version"); RETURN NULL;',
                    hash="dc9f954811eb87cf56626b3a82e180c4b6953111",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2c643",
                    table="outcomes_measure",
                    when="AFTER",
                ),
            ),
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
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("signal_length__in", [6, 7])),
                name="measure_signal_length_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retired_at", None), ("retired_by", None), ("retired_reason", "")),
                    models.Q(
                        ("retired_at__isnull", False),
                        ("retired_by__isnull", False),
                        models.Q(("retired_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="measure_retired_by_somebody_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="rebase",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddField(
            model_name="measureversion",
            name="agreed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="measureversion",
            name="makers",
            field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="measureversion",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="outcomes.measure",
            ),
        ),
        migrations.AddField(
            model_name="measureversion",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="owned_%(class)ss",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="measureversion",
            name="programme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="programmes.programme",
            ),
        ),
        migrations.AddField(
            model_name="measureversion",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="measureversionevent",
            name="agreed_by",
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
            model_name="measureversionevent",
            name="measure",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.measure",
            ),
        ),
        migrations.AddField(
            model_name="measureversionevent",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="measureversionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="outcomes.measureversion",
            ),
        ),
        migrations.AddField(
            model_name="measureversionevent",
            name="programme",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="programmes.programme",
            ),
        ),
        migrations.AddField(
            model_name="measureversionevent",
            name="proposed_by",
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
        migrations.AddConstraint(
            model_name="measureversion",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="measureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("about_people", False),
                    ("disclosure", "suppress_and_round"),
                    models.Q(("disclosure_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="measureversion_exact_people_need_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="measureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("multiplier__gte", 1)), name="measureversion_multiplier_set"
            ),
        ),
        migrations.AddConstraint(
            model_name="measureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("signal_length__in", [6, 7])),
                name="measureversion_signal_length_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="measureversion",
            constraint=models.UniqueConstraint(
                fields=("measure", "number"), name="measureversion_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="measureversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "agreed"), _negated=True),
                fields=("measure",),
                name="measureversion_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="measureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("agreed_at__isnull", False), ("proposed_by", None)),
                    models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                    _connector="OR",
                ),
                name="measureversion_proposed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="measureversion",
            constraint=models.CheckConstraint(
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
                    func='INSERT INTO "outcomes_measureversionevent" ("about_people", "agreed_at", "agreed_by_id", "answer", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "measure_id", "multiplier", "name", "next_review_on", "number", "numerator_label", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_at", "proposed_by_id", "rationale", "reason", "screen_outliers", "sentence_subject", "signal_length", "source", "state", "two_of_three_counts_outside", "unit") VALUES (NEW."about_people", NEW."agreed_at", NEW."agreed_by_id", NEW."answer", NEW."ask_about_change", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."measure_id", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."number", NEW."numerator_label", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."proposed_at", NEW."proposed_by_id", NEW."rationale", NEW."reason", NEW."screen_outliers", NEW."sentence_subject", NEW."signal_length", NEW."source", NEW."state", NEW."two_of_three_counts_outside", NEW."unit"); RETURN NULL;',
                    hash="462f1e1f5c15fbf8157722a6c235cccfb95363cc",
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
                    func='INSERT INTO "outcomes_measureversionevent" ("about_people", "agreed_at", "agreed_by_id", "answer", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "measure_id", "multiplier", "name", "next_review_on", "number", "numerator_label", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_at", "proposed_by_id", "rationale", "reason", "screen_outliers", "sentence_subject", "signal_length", "source", "state", "two_of_three_counts_outside", "unit") VALUES (NEW."about_people", NEW."agreed_at", NEW."agreed_by_id", NEW."answer", NEW."ask_about_change", NEW."caveats", NEW."decimals", NEW."denominator_label", NEW."description", NEW."direction", NEW."disclosure", NEW."disclosure_reason", NEW."frequency", NEW."id", NEW."kind", NEW."measure_id", NEW."multiplier", NEW."name", NEW."next_review_on", NEW."number", NEW."numerator_label", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."programme_id", NEW."proposed_at", NEW."proposed_by_id", NEW."rationale", NEW."reason", NEW."screen_outliers", NEW."sentence_subject", NEW."signal_length", NEW."source", NEW."state", NEW."two_of_three_counts_outside", NEW."unit"); RETURN NULL;',
                    hash="d578cb5cc5a4f0bd18ad893756f3a71f33e36636",
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
                    func='INSERT INTO "outcomes_measureversionevent" ("about_people", "agreed_at", "agreed_by_id", "answer", "ask_about_change", "caveats", "decimals", "denominator_label", "description", "direction", "disclosure", "disclosure_reason", "frequency", "id", "kind", "measure_id", "multiplier", "name", "next_review_on", "number", "numerator_label", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_at", "proposed_by_id", "rationale", "reason", "screen_outliers", "sentence_subject", "signal_length", "source", "state", "two_of_three_counts_outside", "unit") VALUES (OLD."about_people", OLD."agreed_at", OLD."agreed_by_id", OLD."answer", OLD."ask_about_change", OLD."caveats", OLD."decimals", OLD."denominator_label", OLD."description", OLD."direction", OLD."disclosure", OLD."disclosure_reason", OLD."frequency", OLD."id", OLD."kind", OLD."measure_id", OLD."multiplier", OLD."name", OLD."next_review_on", OLD."number", OLD."numerator_label", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."proposed_at", OLD."proposed_by_id", OLD."rationale", OLD."reason", OLD."screen_outliers", OLD."sentence_subject", OLD."signal_length", OLD."source", OLD."state", OLD."two_of_three_counts_outside", OLD."unit"); RETURN NULL;',
                    hash="6044ddefe7ae751f7dedb6f3e63b0bd071be9db2",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cb4af",
                    table="outcomes_measureversion",
                    when="AFTER",
                ),
            ),
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
        migrations.RunSQL(FIRST_VERSIONS, migrations.RunSQL.noop),
    ]
