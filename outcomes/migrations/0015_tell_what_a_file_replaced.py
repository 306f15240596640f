from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0014_keep_what_readers_saw"),
    ]

    operations = [
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
                    ("replaced", "Replaced by a file"),
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
                    ("replaced", "Replaced by a file"),
                ],
                max_length=8,
            ),
        ),
    ]
