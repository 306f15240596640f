from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_record_every_change"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitationevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="leaderevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="organisationevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="organisationnameevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="partnermembershipevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="partnershipevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="placeevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="purposeevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
        migrations.AlterField(
            model_name="staffmembershipevent",
            name="pgh_created_at",
            field=models.DateTimeField(auto_now_add=True, db_index=True),
        ),
    ]
