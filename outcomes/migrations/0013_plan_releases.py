import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

ADDRESSES = """
    UPDATE outcomes_release
       SET slug = left(btrim(lower(regexp_replace(title, '[^a-zA-Z0-9]+', '-', 'g')), '-'), 60)
                  || '-' || id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0012_let_definitions_be_agreed"),
        ("partners", "0003_find_changes_by_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "ordering": ["-release__published_at", "-submission__period", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EarlyReader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        help_text="As whom they read it; published with the release.",
                        max_length=160,
                    ),
                ),
                ("named_at", models.DateTimeField(auto_now_add=True)),
                ("first_read_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["capacity"],
            },
        ),
        migrations.CreateModel(
            name="EarlyReaderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "capacity",
                    models.CharField(
                        help_text="As whom they read it; published with the release.",
                        max_length=160,
                    ),
                ),
                ("named_at", models.DateTimeField(auto_now_add=True)),
                ("first_read_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["first_day"],
            },
        ),
        migrations.CreateModel(
            name="HoldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Rehearsal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        help_text="The fingerprint of what was rehearsed.", max_length=64
                    ),
                ),
                (
                    "problems",
                    models.JSONField(
                        help_text="For each measure, sentences about what it gives away."
                    ),
                ),
                (
                    "figures",
                    models.JSONField(
                        help_text="For each measure, its sentence and its new figures."
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="release",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="release",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="release",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="release",
            name="release_published_at_and_by",
        ),
        migrations.RemoveConstraint(
            model_name="submission",
            name="submission_released_in_a_release",
        ),
        migrations.AddField(
            model_name="release",
            name="approved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="release",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="collections",
            field=models.ManyToManyField(
                help_text="What it will hold.", related_name="releases", to="outcomes.collection"
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="due_at",
            field=models.DateTimeField(
                help_text="When it is published; empty: as soon as it is approved.", null=True
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="end_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="release",
            name="ended_at",
            field=models.DateTimeField(help_text="When it was called off or withdrawn.", null=True),
        ),
        migrations.AddField(
            model_name="release",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="makers",
            field=models.ManyToManyField(
                help_text="Everybody who shaped it; none of them may approve it.",
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="planned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="release",
            name="planned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="reissued",
            field=models.BooleanField(
                default=False,
                help_text="Publishes whole periods again, as was planned and announced.",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="returned_reason",
            field=models.TextField(
                blank=True, help_text="Why it is planned again after it was approved."
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="slug",
            field=models.SlugField(db_index=False, max_length=80, null=True),
        ),
        migrations.RunSQL(ADDRESSES, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="release",
            name="slug",
            field=models.SlugField(help_text="Its public address.", max_length=80, unique=True),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="approved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="approved_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="due_at",
            field=models.DateTimeField(
                help_text="When it is published; empty: as soon as it is approved.", null=True
            ),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="end_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="ended_at",
            field=models.DateTimeField(help_text="When it was called off or withdrawn.", null=True),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="ended_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="planned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="planned_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="reissued",
            field=models.BooleanField(
                default=False,
                help_text="Publishes whole periods again, as was planned and announced.",
            ),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="returned_reason",
            field=models.TextField(
                blank=True, help_text="Why it is planned again after it was approved."
            ),
        ),
        migrations.AddField(
            model_name="releaseevent",
            name="slug",
            field=models.SlugField(
                db_index=False, default="", help_text="Its public address.", max_length=80
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="release",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("scheduled", "Approved"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                    ("cancelled", "Called off"),
                ],
                default="planned",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="releaseevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("scheduled", "Approved"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                    ("cancelled", "Called off"),
                ],
                default="planned",
                max_length=10,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_published_releases",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'published' OR OLD.\"state\" = 'withdrawn')",
                    declare="DECLARE ends text[];",
                    func="\n                    ends := ARRAY['state', 'ended_at', 'ended_by_id', 'end_reason'];\n                    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'withdrawn'\n                       AND to_jsonb(OLD) - ends = to_jsonb(NEW) - ends THEN\n                        RETURN NEW;\n                    END IF;\n                    RAISE EXCEPTION 'What was published stays: a release can only be withdrawn';\n                ",
                    hash="3f5ffdbf74871c3518fadaefde2b3e8b1f1a8bff",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keep_published_releases_57b2a",
                    table="outcomes_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_releaseevent" ("approved_at", "approved_by_id", "due_at", "end_reason", "ended_at", "ended_by_id", "id", "note", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "published_at", "published_by_id", "reissued", "returned_reason", "slug", "software_version", "state", "title", "uuid") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."due_at", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."note", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."published_at", NEW."published_by_id", NEW."reissued", NEW."returned_reason", NEW."slug", NEW."software_version", NEW."state", NEW."title", NEW."uuid"); RETURN NULL;',
                    hash="d08093c47266dedd76541048c03e761f371b97a5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c8ffe",
                    table="outcomes_release",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_releaseevent" ("approved_at", "approved_by_id", "due_at", "end_reason", "ended_at", "ended_by_id", "id", "note", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "published_at", "published_by_id", "reissued", "returned_reason", "slug", "software_version", "state", "title", "uuid") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."due_at", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."note", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."published_at", NEW."published_by_id", NEW."reissued", NEW."returned_reason", NEW."slug", NEW."software_version", NEW."state", NEW."title", NEW."uuid"); RETURN NULL;',
                    hash="d4887950fc8dffaaa4b34c36c037d5e55e33a4ee",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a8bc4",
                    table="outcomes_release",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_releaseevent" ("approved_at", "approved_by_id", "due_at", "end_reason", "ended_at", "ended_by_id", "id", "note", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "published_at", "published_by_id", "reissued", "returned_reason", "slug", "software_version", "state", "title", "uuid") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."due_at", OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."id", OLD."note", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."planned_at", OLD."planned_by_id", OLD."published_at", OLD."published_by_id", OLD."reissued", OLD."returned_reason", OLD."slug", OLD."software_version", OLD."state", OLD."title", OLD."uuid"); RETURN NULL;',
                    hash="708eac12288a0a3548b15fe1c5989bc3d83ed8bd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3b2d6",
                    table="outcomes_release",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__isnull", False),
                        ("published_by__isnull", False),
                        ("state__in", ["published", "withdrawn"]),
                    ),
                    models.Q(
                        models.Q(("state__in", ["published", "withdrawn"]), _negated=True),
                        ("published_at__isnull", True),
                        ("published_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="release_published_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("planned_at__isnull", True), ("planned_by__isnull", True)),
                    models.Q(("planned_at__isnull", False), ("planned_by__isnull", False)),
                    _connector="OR",
                ),
                name="release_planned_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="release_approved_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("planned_by")), _negated=True),
                    _connector="OR",
                ),
                name="release_maker_is_not_checker",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("state", "planned")),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("due_at__isnull", False),
                        ("state", "scheduled"),
                    ),
                    ("state__in", ["published", "withdrawn", "cancelled"]),
                    _connector="OR",
                ),
                name="release_scheduled_is_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["withdrawn", "cancelled"]),
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state__in", ["withdrawn", "cancelled"]), _negated=True),
                        ("end_reason", ""),
                        ("ended_at__isnull", True),
                        ("ended_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="release_ended_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["planned", "scheduled"])),
                fields=("partnership", "title"),
                name="release_title_once_to_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("release__isnull", False), ("state", "released")),
                    ("state", "approved"),
                    models.Q(
                        models.Q(("state__in", ["approved", "released"]), _negated=True),
                        ("release__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="submission_released_in_a_release",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="outcomes.measure",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="release",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="outcomes.release",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="outcomes.submission",
            ),
        ),
        migrations.AddField(
            model_name="earlyreader",
            name="named_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="earlyreader",
            name="release",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="early_readers",
                to="outcomes.release",
            ),
        ),
        migrations.AddField(
            model_name="earlyreader",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="earlyreaderevent",
            name="named_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="earlyreaderevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="outcomes.earlyreader",
            ),
        ),
        migrations.AddField(
            model_name="earlyreaderevent",
            name="release",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="outcomes.release",
            ),
        ),
        migrations.AddField(
            model_name="earlyreaderevent",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="lifted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="partners.partnership",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="holdevent",
            name="lifted_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="holdevent",
            name="partnership",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="partners.partnership",
            ),
        ),
        migrations.AddField(
            model_name="holdevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="outcomes.hold",
            ),
        ),
        migrations.AddField(
            model_name="holdevent",
            name="set_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rehearsal",
            name="release",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rehearsal",
                to="outcomes.release",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                fields=("submission", "measure"), name="correction_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4989f31c2964f3631925b6d565b67f29220447e4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b1da6",
                    table="outcomes_correction",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="earlyreader",
            constraint=models.UniqueConstraint(
                fields=("release", "user"), name="early_reader_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="earlyreader",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity", ""), _negated=True),
                name="early_reader_has_capacity",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyreader",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_earlyreaderevent" ("capacity", "first_read_at", "id", "named_at", "named_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "user_id") VALUES (NEW."capacity", NEW."first_read_at", NEW."id", NEW."named_at", NEW."named_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."release_id", NEW."user_id"); RETURN NULL;',
                    hash="07131adccdbb342f26e2c2ae5a3be37abebc7e5f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5fe47",
                    table="outcomes_earlyreader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyreader",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_earlyreaderevent" ("capacity", "first_read_at", "id", "named_at", "named_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "user_id") VALUES (NEW."capacity", NEW."first_read_at", NEW."id", NEW."named_at", NEW."named_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."release_id", NEW."user_id"); RETURN NULL;',
                    hash="7f7d0d51853dcd351111d1de662bb9099228fa68",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dfa55",
                    table="outcomes_earlyreader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyreader",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_earlyreaderevent" ("capacity", "first_read_at", "id", "named_at", "named_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "user_id") VALUES (OLD."capacity", OLD."first_read_at", OLD."id", OLD."named_at", OLD."named_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."release_id", OLD."user_id"); RETURN NULL;',
                    hash="dcc7f532071ee963b1990b4c5994797d265ec8f6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_587df",
                    table="outcomes_earlyreader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlyreaderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9e48ae76a59976d4cdd7fa9ff98203be970059a0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dfb53",
                    table="outcomes_earlyreaderevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="hold_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="hold_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                    models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                    _connector="OR",
                ),
                name="hold_lifted_at_and_by",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_holdevent" ("first_day", "id", "last_day", "lifted_at", "lifted_by_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "uuid") VALUES (NEW."first_day", NEW."id", NEW."last_day", NEW."lifted_at", NEW."lifted_by_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."set_at", NEW."set_by_id", NEW."uuid"); RETURN NULL;',
                    hash="01cf3cef23a58037919f0b1aba9d3133f72353c9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6079a",
                    table="outcomes_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "outcomes_holdevent" ("first_day", "id", "last_day", "lifted_at", "lifted_by_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "uuid") VALUES (NEW."first_day", NEW."id", NEW."last_day", NEW."lifted_at", NEW."lifted_by_id", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."set_at", NEW."set_by_id", NEW."uuid"); RETURN NULL;',
                    hash="a22e825f667d80c54c59be4d4bc6bd78e7192c01",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c51b9",
                    table="outcomes_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outcomes_holdevent" ("first_day", "id", "last_day", "lifted_at", "lifted_by_id", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "uuid") VALUES (OLD."first_day", OLD."id", OLD."last_day", OLD."lifted_at", OLD."lifted_by_id", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."set_at", OLD."set_by_id", OLD."uuid"); RETURN NULL;',
                    hash="a44e953808cae1d249d68243b0ec2c42d7d52879",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_174d5",
                    table="outcomes_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holdevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="194cbe77d2d7c4cf0e2e922b3b48c1cfd481f39b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_648e0",
                    table="outcomes_holdevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
