from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_record_every_change"),
    ]

    operations = [
        migrations.AlterField(
            model_name="securityevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("signed_in", "Signed in"),
                    ("signed_out", "Signed out"),
                    ("sign_in_failed", "Sign-in failed"),
                    ("second_step_failed", "Second step failed"),
                    ("second_step_added", "Second step added"),
                    ("second_step_removed", "Second step removed"),
                    ("recovery_code_used", "Recovery code used"),
                    ("codes_renewed", "Recovery codes renewed"),
                    ("password_changed", "Password changed"),
                    ("password_reset", "Password reset"),
                    ("sessions_ended", "Sessions ended"),
                    ("refused", "Refused"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="trackedauthenticatorevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="trackedemailaddressevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="trackedsocialaccountevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="userevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
    ]
