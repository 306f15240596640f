from django.db import migrations, models

from outcomes.migrations import _tenths


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0016_name_the_definition_that_was_published"),
    ]

    operations = [
        migrations.AlterField(
            model_name="category",
            name="scheme",
            field=models.CharField(
                choices=[
                    ("age", "Age"),
                    ("sex", "Sex"),
                    ("ethnicity", "Ethnic group"),
                    ("deprivation", "Deprivation fifth"),
                    ("tenth", "Deprivation tenth"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(_tenths.add, _tenths.remove),
    ]
