"""What PostgreSQL needs to read French, Dutch and English: accents, trigrams, and one search configuration a language.

`zenne_fr`, `zenne_nl`, `zenne_en` stem their language after dropping accents; `zenne_any` only drops accents, for text whose language is unknown.
`sort_key` orders names as people expect on every build of PostgreSQL, with or without ICU.
"""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

STEMMERS = {"fr": "french", "nl": "dutch", "en": "english", "any": "simple"}

CONFIGURATIONS = "\n".join(
    f"""create text search configuration zenne_{name} (copy = {stemmer});
    alter text search configuration zenne_{name} alter mapping for hword, hword_part, word with unaccent, {stemmer}{"_stem" if name != "any" else ""};"""
    for name, stemmer in STEMMERS.items()
)
FORGET = "\n".join(f"drop text search configuration zenne_{name};" for name in STEMMERS)

SORT_KEY = """
create function sort_key(words text) returns text language sql immutable strict parallel safe
as $$ select lower(public.unaccent('public.unaccent', words)) $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(CONFIGURATIONS, FORGET),
        migrations.RunSQL(SORT_KEY, "drop function sort_key(text);"),
    ]
