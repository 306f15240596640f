import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("to", models.JSONField(help_text="Everybody who gets it.")),
                ("sender", models.CharField(max_length=320)),
                ("reply_to", models.JSONField(default=list)),
                ("headers", models.JSONField(default=dict)),
                ("subject", models.CharField(max_length=998)),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("sent_at", models.DateTimeField(editable=False, null=True)),
                ("failed_at", models.DateTimeField(editable=False, null=True)),
                ("error", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at__isnull", True)),
                        fields=["failed_at"],
                        name="mail_to_try_again",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True),
                            models.Q(("html", ""), ("text", "")),
                            _connector="OR",
                        ),
                        name="mail_sent_keeps_no_words",
                    )
                ],
            },
        ),
    ]
