from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_record_every_change"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reportevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="reportscheduleevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
    ]
