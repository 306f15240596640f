import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("outcomes", "0002_initial"),
        ("partners", "0001_initial"),
        ("programmes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="programme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="programmes.programme",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="purposes",
            field=models.ManyToManyField(
                blank=True, related_name="measures", to="partners.purpose"
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="measures",
            field=models.ManyToManyField(related_name="collections", to="outcomes.measure"),
        ),
        migrations.AddField(
            model_name="observation",
            name="category",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="outcomes.category",
            ),
        ),
        migrations.AddField(
            model_name="observation",
            name="measure",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="outcomes.measure",
            ),
        ),
        migrations.AddField(
            model_name="observation",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="observation",
            name="place",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.place",
            ),
        ),
        migrations.AddField(
            model_name="rebase",
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
            model_name="rebase",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rebases",
                to="outcomes.measure",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to="partners.partnership",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="published_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="category",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="series",
                to="outcomes.category",
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="series",
                to="outcomes.measure",
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="series",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="place",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="series",
                to="partners.place",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="outcomes.collection",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="entered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="release",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="outcomes.release",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="submitted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="observation",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="observations",
                to="outcomes.submission",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="targets",
                to="outcomes.measure",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uploads",
                to="outcomes.collection",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="organisation",
            field=models.ForeignKey(
                help_text="Empty when an analyst sends a file for all partners.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uploads",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="profile",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="outcomes.importprofile",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="received_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="upload",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="outcomes.upload",
            ),
        ),
        migrations.AddField(
            model_name="stagedcell",
            name="upload",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="outcomes.upload",
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="upload",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="problems",
                to="outcomes.upload",
            ),
        ),
        migrations.AddConstraint(
            model_name="importprofile",
            constraint=models.UniqueConstraint(
                fields=("collection", "name"), name="import_profile_unique_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("denominator_label", ""), ("kind__in", ["count", "money"])),
                    models.Q(
                        models.Q(("kind__in", ["count", "money"]), _negated=True),
                        models.Q(("denominator_label", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="measure_denominator_fits_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("about_people", False),
                    ("disclosure", "suppress_and_round"),
                    models.Q(("disclosure_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="measure_exact_people_need_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("multiplier__gte", 1)), name="measure_multiplier_set"
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("asks_from__gte", models.F("accepts_from"))),
                name="collection_asks_for_what_it_accepts",
            ),
        ),
        migrations.AddConstraint(
            model_name="rebase",
            constraint=models.UniqueConstraint(
                fields=("measure", "period"), name="rebase_unique_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="rebase",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="rebase_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__isnull", False),
                        ("published_by__isnull", False),
                        ("state", "published"),
                    ),
                    models.Q(
                        models.Q(("state", "published"), _negated=True),
                        ("published_at__isnull", True),
                        ("published_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="release_published_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(
                fields=("edition", "measure", "organisation", "place", "category"),
                name="series_unique_part",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", True), ("place__isnull", True)),
                    models.Q(("category__isnull", True), ("organisation__isnull", True)),
                    models.Q(("category__isnull", True), ("place__isnull", True)),
                    _connector="OR",
                ),
                name="series_one_part_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(fields=["measure", "period"], name="observation_by_measure"),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.UniqueConstraint(
                fields=("submission", "measure", "place", "category"),
                name="observation_unique_cell",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("numerator__isnull", True), ("numerator__gte", 0), _connector="OR"
                ),
                name="observation_numerator_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("denominator__isnull", True), ("denominator__gte", 0), _connector="OR"
                ),
                name="observation_denominator_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proportion", False),
                    ("numerator__lte", models.F("denominator")),
                    _connector="OR",
                ),
                name="observation_part_within_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("numerator__isnull", False), ("status__in", ["value", "zero"])),
                    models.Q(
                        models.Q(("status__in", ["value", "zero"]), _negated=True),
                        ("numerator__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="observation_number_fits_status",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="observation",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_released_observations",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE locked boolean;",
                    func="\n                    SELECT state = 'released' INTO locked\n                      FROM outcomes_submission WHERE id = OLD.submission_id;\n                    IF locked THEN\n                        RAISE EXCEPTION 'What a release published never changes';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="3073fc17a15e3eb23ae9f1cfa94a6de3eb689736",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keep_released_observations_b7d3a",
                    table="outcomes_observation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_date__isnull", True),
                    ("to_date__gte", models.F("from_date")),
                    _connector="OR",
                ),
                name="target_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "failed"), _negated=True),
                fields=("collection", "organisation", "sha256"),
                name="upload_same_file_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at__isnull", True), ("state", "checking")),
                    models.Q(
                        models.Q(("state", "checking"), _negated=True),
                        ("checked_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="upload_checked_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("collection", "organisation", "period", "version"),
                name="submission_unique_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entered_at__isnull", True), ("entered_by__isnull", True)),
                    models.Q(("entered_at__isnull", False), ("entered_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_entered_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_submitted_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at__isnull", True), ("returned_by__isnull", True)),
                    models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_returned_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_approved_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(
                        models.Q(("approved_by", models.F("entered_by")), _negated=True),
                        models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="submission_maker_is_not_checker",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["due", "draft", "returned"]),
                    models.Q(("entered_at__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="submission_sent_has_sender",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at__isnull", False), ("state__in", ["approved", "released"])
                    ),
                    models.Q(
                        models.Q(("state__in", ["approved", "released"]), _negated=True),
                        ("approved_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="submission_approved_has_approver",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("release__isnull", False), ("state", "released")),
                    models.Q(
                        models.Q(("state", "released"), _negated=True), ("release__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="submission_released_in_a_release",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(
                        ("returned_at__isnull", False),
                        models.Q(("return_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="submission_returned_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("version", 1),
                    ("state__in", ["due", "draft"]),
                    models.Q(("correction_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="submission_correction_has_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_released_submissions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'released')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="528ff34d42b0b2ff5b08bcc123660f387e414a1e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keep_released_submissions_dfddb",
                    table="outcomes_submission",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="stagedcell",
            index=models.Index(fields=["upload", "row"], name="staged_cell_by_upload"),
        ),
    ]
