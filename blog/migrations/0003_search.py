"""What each engine keeps beside the documents: a tsvector on Postgres, a table of stems on SQLite."""

from django.db import migrations

POSTGRES = """
ALTER TABLE blog_searchdocument ADD COLUMN vector tsvector;
CREATE INDEX blog_searchdocument_vector ON blog_searchdocument USING gin (vector);
"""
POSTGRES_BACK = "ALTER TABLE blog_searchdocument DROP COLUMN vector;"
SQLITE = "CREATE VIRTUAL TABLE blog_stems USING fts5(title, names, tags, text, tokenize = \"unicode61 remove_diacritics 0\");"
SQLITE_BACK = "DROP TABLE blog_stems;"


def forwards(apps, schema_editor):
    schema_editor.execute(POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def backwards(apps, schema_editor):
    schema_editor.execute(POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("blog", "0002_site_state")]
    operations = [migrations.RunPython(forwards, backwards)]
