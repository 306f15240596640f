from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0002_record_every_change"),
    ]

    operations = [
        migrations.AlterField(
            model_name="handoverdecisionevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="milestoneevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="priorityevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="programmeevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
    ]
