import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("outcomes", "0001_initial"),
        ("partners", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="collection",
            name="organisations",
            field=models.ManyToManyField(related_name="collections", to="partners.organisation"),
        ),
        migrations.AddField(
            model_name="collection",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="collections",
                to="partners.partnership",
            ),
        ),
        migrations.AddField(
            model_name="importprofile",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="import_profiles",
                to="outcomes.collection",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="owned_measures",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="partners.partnership",
            ),
        ),
    ]
