"""The row of what editors decide for the whole site."""

from django.db import migrations, models


def make_the_row(apps, schema_editor):
    apps.get_model("blog", "SiteSettings").objects.get_or_create(pk=1)


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0008_unpublished_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='SiteSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('require_alt', models.BooleanField(default=False, help_text='A post is published only when each of its pictures says what it shows, or is marked as decorative.', verbose_name='Publish no picture without an alternative text')),
            ],
            options={
                'verbose_name': 'settings of the site',
                'verbose_name_plural': 'settings of the site',
                'default_permissions': ('view', 'change'),
            },
        ),
        migrations.RunPython(make_the_row, migrations.RunPython.noop),
    ]
