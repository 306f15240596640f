from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0015_tell_what_a_file_replaced"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedmeasure",
            name="definition",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="The version of the measure’s definition that was in force."
            ),
        ),
    ]
