from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("importer", "0002_undo_and_plans"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="moved_here",
            field=models.BooleanField(default=False),
        ),
    ]
