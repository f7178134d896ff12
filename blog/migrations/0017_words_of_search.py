"""The vocabulary of search: the words of all posts, an index of their trigrams on Postgres, a table of them on SQLite."""

import re
import unicodedata

from django.db import DatabaseError, migrations, models, transaction

EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm;"
INDEX = "CREATE INDEX blog_searchword_trigrams ON blog_searchword USING gin (word gin_trgm_ops);"
TRIGRAMS = "CREATE VIRTUAL TABLE blog_trigrams USING fts5(word UNINDEXED, parts, detail = none);"
TRIGRAMS_BACK = "DROP TABLE blog_trigrams;"
LEARN = "INSERT INTO blog_trigrams (word, parts) VALUES (%s, %s);"
REFUSED = """
  The Postgres extension pg_trgm could not be made: {reason}
  Search works without it, but mends only one slip in a word. To have it mend two, a superuser of this database gives once:
    {extension}
    {index}
"""


def index(apps, schema_editor):
    """The extension is one that a database's owner may make; where this role may not, search does without."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(TRIGRAMS)
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute(EXTENSION)
            schema_editor.execute(INDEX)
    except DatabaseError as refused:
        reason = str(refused).splitlines()[0]
        print(REFUSED.format(reason=reason, extension=EXTENSION, index=INDEX))


def no_index(apps, schema_editor):
    """The extension stays: others may use it by now."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(TRIGRAMS_BACK)


def learn(apps, schema_editor):
    """The words of posts that were there before."""
    words = set()
    documents = apps.get_model("blog", "SearchDocument").objects.values_list("title", "names", "tags", "text")
    for document in documents.iterator(chunk_size=200):
        text = unicodedata.normalize("NFKC", " ".join(document)[:300_000]).casefold().replace("ё", "е")
        words.update(word for word in re.findall(r"[^\W_]+", text) if 4 <= len(word) <= 24 and word.isalpha())
    word = apps.get_model("blog", "SearchWord")
    word.objects.bulk_create((word(word=one) for one in sorted(words)), batch_size=5_000)
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(LEARN, [(one, parts(one)) for one in sorted(words)])


def parts(word):
    padded = f"  {word} "
    return " ".join(padded[at : at + 3].replace(" ", "0") for at in range(len(padded) - 2))


def forget(apps, schema_editor):
    """The table goes with its words."""


class Migration(migrations.Migration):
    dependencies = [("blog", "0016_words_to_translate")]
    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(db_index=True, max_length=30)),
            ],
        ),
        migrations.RunPython(index, no_index),
        migrations.RunPython(learn, forget),
    ]
