"""The index by which search finds three signs in a row, in any script, without an extension of PostgreSQL.

On SQLite it is a table of FTS5 beside that of the entries, which triggers keep: whatever writes an entry writes
it, too. Django drops the triggers of a table that it makes anew, so a later migration that alters the entries
has to make them again.

On PostgreSQL it is an index of the array of all trigrams of a key, cut at each of the three places where one
can begin, and of the kind, so that rows of other kinds are not read. pg_trgm knows letters by the locale of the database alone, and would have to be installed.
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE issues_searchgrams USING fts5(
        key, content='issues_searchentry', content_rowid='id', tokenize='trigram case_sensitive 1', detail=none)""",
    """CREATE TRIGGER issues_searchgrams_added AFTER INSERT ON issues_searchentry BEGIN
        INSERT INTO issues_searchgrams (rowid, key) VALUES (new.id, new.key);
    END""",
    """CREATE TRIGGER issues_searchgrams_removed AFTER DELETE ON issues_searchentry BEGIN
        INSERT INTO issues_searchgrams (issues_searchgrams, rowid, key) VALUES ('delete', old.id, old.key);
    END""",
    """CREATE TRIGGER issues_searchgrams_changed AFTER UPDATE ON issues_searchentry BEGIN
        INSERT INTO issues_searchgrams (issues_searchgrams, rowid, key) VALUES ('delete', old.id, old.key);
        INSERT INTO issues_searchgrams (rowid, key) VALUES (new.id, new.key);
    END""",
)
POSTGRESQL = (
    r"""CREATE INDEX issues_searchgrams ON issues_searchentry USING gin ((
        string_to_array(regexp_replace(key, '(...)', E'\\1\x01', 'g'), E'\x01')
        || string_to_array(regexp_replace(substr(key, 2), '(...)', E'\\1\x01', 'g'), E'\x01')
        || string_to_array(regexp_replace(substr(key, 3), '(...)', E'\\1\x01', 'g'), E'\x01')
        || ARRAY['kind' || (id >> 40)::text]) COLLATE "C")""",
)


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [("issues", "0002_roles")]

    operations = [migrations.RunPython(make, elidable=False)]
