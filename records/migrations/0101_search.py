"""The search table of all records, the one function that asks it, and what keeps it up to date.

Under row-level security the planner reads every tenant's rows for LIKE or a trigram search, which are not leakproof.
So the application may not touch this table at all; it calls `records_search_ids`, which takes the workspace from the
setting.
"""

from django.db import migrations

from core.postgres import APP_ROLE, DEFINER
from workspaces.tenancy import CURRENT_WORKSPACE

# `title` and `words` are folded: lower case, no accents, single spaces; `words` begins and ends with a space.
# What lies in the trash keeps its row, without both: a restore and a new address at the same time lock the same row.
TABLE = f"""
CREATE TABLE public.records_search (
    workspace_id bigint NOT NULL,
    kind text NOT NULL,
    record_id bigint NOT NULL,
    owner_id bigint,
    title text COLLATE "C",
    words text COLLATE "C",
    PRIMARY KEY (workspace_id, kind, record_id)
) WITH (fillfactor = 90);
ALTER TABLE public.records_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY records_search_rls ON public.records_search
USING (workspace_id = {CURRENT_WORKSPACE}) WITH CHECK (workspace_id = {CURRENT_WORKSPACE});
"""

# New records whose entries are still to come: who adds thousands sets `app.search_later` and calls
# records_search_catch_up() when its rows are in.
DUE = f"""
CREATE TABLE public.records_search_due (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id bigint NOT NULL,
    kind text NOT NULL,
    ids bigint[] NOT NULL,
    added_by xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX records_search_due_workspace ON public.records_search_due (workspace_id);
ALTER TABLE public.records_search_due ENABLE ROW LEVEL SECURITY;
CREATE POLICY records_search_due_rls ON public.records_search_due
USING (workspace_id = {CURRENT_WORKSPACE}) WITH CHECK (workspace_id = {CURRENT_WORKSPACE});
"""

# --- how a text is kept -----------------------------------------------------------------------------------------------

# Punctuation parts words, as it does for pg_trgm: "jan.novak@acme.example" is four words in a row.
FOLD = r"""
CREATE FUNCTION public.records_search_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT btrim(regexp_replace(public.records_sort_key(value), '[\x01-/:-`{-\x7f]+', ' ', 'g')) $$;
"""

# pg_trgm asks the server's LC_CTYPE what a letter is; an embedded server's knows a to z alone.
ASCII = """
CREATE FUNCTION public.records_search_ascii(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT string_agg(CASE WHEN letter > '~' COLLATE "C" THEN to_hex(ascii(letter)) ELSE letter END, '' ORDER BY place)
    FROM string_to_table(value, NULL) WITH ORDINALITY AS spelled (letter, place)
$$;
"""

# Workspace and kind (its first letter is enough) are part of each key: a search walks the lists of one kind of one
# workspace. An index over (workspace_id, words gin_trgm_ops) made a small workspace walk the lists of all tenants.
# The keys of an entry: the trigrams of its words, but for those of a first letter alone; "<" and the first one, two and
# three letters of each word of the title; "=" and the title.
KEYS = """
CREATE FUNCTION public.records_search_keys(workspace bigint, kind text, tokens text[]) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
BEGIN
    RETURN ARRAY(SELECT hashtextextended(token, workspace << 8 | ascii(kind)) FROM unnest(tokens) AS token);
END $$;

CREATE FUNCTION public.records_search_keys(workspace bigint, kind text, title text, words text) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    seed bigint := workspace << 8 | ascii(kind);
BEGIN
    IF octet_length(words) <> char_length(words) THEN
        words := public.records_search_ascii(words);
    END IF;
    RETURN ARRAY(
        SELECT hashtextextended(token, seed) FROM unnest(public.show_trgm(words)) AS token
        WHERE token NOT LIKE '  %'
        UNION ALL SELECT hashtextextended('<' || left(word, letters), seed)
        FROM string_to_table(title, ' ') AS word, generate_series(1, 3) AS letters
        UNION ALL SELECT hashtextextended('=' || title, seed)
    );
END $$;
"""

# Whoever asks has no other way than this index; statistics of the keys would only make ANALYZE slow.
INDEX = """
CREATE INDEX records_search_keys ON public.records_search
USING gin (public.records_search_keys(workspace_id, kind, title, words));
ALTER INDEX public.records_search_keys ALTER COLUMN 1 SET STATISTICS 0;
"""

# --- how a query is read ----------------------------------------------------------------------------------------------

# The trigrams that every text around a needle has, as pg_trgm makes them: three letters in a row that belong to one word.
# The joker in a needle stands for one letter, whichever; a space at its ends for the end of a word.
NEEDLES = r"""
CREATE FUNCTION public.records_search_tokens(needles text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT ARRAY(
        SELECT DISTINCT token
        FROM unnest(needles) AS needle, string_to_table(needle, E'\x01') AS part,
            LATERAL (SELECT CASE octet_length(part) WHEN char_length(part) THEN part
                ELSE public.records_search_ascii(part) END) AS spelled (piece),
            generate_series(1, length(piece) - 2) AS place, substr(piece, place, 3) AS token
        WHERE token NOT LIKE '_ _'
    )
$$;

CREATE FUNCTION public.records_search_patterns(needles text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT ARRAY(
        SELECT '%' || translate(regexp_replace(needle, '([\\%_])', '\\\1', 'g'), E'\x01', '_') || '%'
        FROM unnest(needles) AS needle
    )
$$;
"""

# The ways to understand a query, each a set of needles that a record must all have. The stages, best first: it is the
# title; a phone number as people write it ("020 7946 0311" and "+44 20 7946-0311" are parts of 442079460311); words of
# the title that begin so; any words that begin so; words that have it anywhere (fewer than three letters: at the
# beginning); and when none of these finds anything, one typing error in a word of four letters or more, in short ones
# only when the rest is the whole word.
READINGS = r"""
CREATE FUNCTION public.records_search_readings(folded text, stage text) RETURNS TABLE (needles text[])
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    words text[] := (string_to_array(folded, ' '))[:8];
    starts text[] := ARRAY(SELECT ' ' || word FROM unnest(words) AS word);
    parts text[] := ARRAY(SELECT CASE WHEN octet_length(word) < 3 THEN ' ' ELSE '' END || word FROM unnest(words) AS word);
    digits text := ltrim(replace(folded, ' ', ''), '0');
BEGIN
    CASE stage
    WHEN 'title' THEN
        RETURN QUERY SELECT ARRAY[' ' || folded || ' '];
    WHEN 'number' THEN
        RETURN QUERY SELECT ARRAY[digits]
        WHERE folded ~ '^[0-9 ]+$' AND length(digits) >= 3 AND (digits <> folded OR length(digits) > 6);
    WHEN 'name', 'start' THEN
        RETURN QUERY SELECT starts;
    WHEN 'part' THEN
        RETURN QUERY SELECT parts WHERE parts <> starts;
    WHEN 'typo' THEN
        RETURN QUERY
        SELECT DISTINCT parts[:place - 1]
            || (' ' || variant || CASE WHEN char_length(word) < 7 THEN ' ' ELSE '' END)
            || parts[place + 1:]
        FROM unnest(words) WITH ORDINALITY AS said (word, place),
            generate_series(1, char_length(word)) AS i,
            LATERAL (VALUES
                (left(word, i - 1) || E'\x01' || substr(word, i + 1)),
                (left(word, i) || E'\x01' || substr(word, i + 1)),
                (left(word, i - 1) || substr(word, i + 1)),
                (left(word, i - 1) || substr(word, i + 1, 1) || substr(word, i, 1) || substr(word, i + 2))
            ) AS wrong (variant)
        WHERE char_length(word) >= 4 AND word !~ '^[0-9]+$' AND char_length(folded) <= 40;
    ELSE
        RETURN;
    END CASE;
END $$;
"""

# --- asking -----------------------------------------------------------------------------------------------------------

# The keys that an entry has if it fits the needles of a stage; of a number, those of its end, where numbers differ.
SOUGHT = """
CREATE FUNCTION public.records_search_sought(stage text, folded text, needles text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE stage
        WHEN 'title' THEN ARRAY['=' || folded]
        WHEN 'number' THEN public.records_search_tokens(ARRAY[right(needles[1], 7)])
        WHEN 'name' THEN ARRAY(SELECT '<' || left(ltrim(needle), 3) FROM unnest(needles) AS needle)
        ELSE public.records_search_tokens(needles)
    END
$$;
"""

# Which stages find as many as are wanted among the newest records. A common text finds them there; the index would have
# to walk its lists to their ends, 30 ms for "gmail" in a million people. So it is asked for what is rare.
COMMON = """
CREATE FUNCTION public.records_search_common(
    workspace bigint, wanted text, newest bigint[], starts text[], parts text[], most int, owners bigint[])
RETURNS text[]
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (
        SELECT array_remove(ARRAY[
            CASE WHEN count(*) FILTER (WHERE ' ' || row.title LIKE ALL (starts)) >= most THEN 'name' END,
            CASE WHEN count(*) FILTER (WHERE row.words LIKE ALL (starts)) >= most THEN 'start' END,
            CASE WHEN count(*) FILTER (WHERE row.words LIKE ALL (parts)) >= most THEN 'part' END
        ], NULL)
        FROM public.records_search AS row
        WHERE row.workspace_id = workspace AND row.kind = wanted AND row.record_id = ANY (newest)
            AND (owners IS NULL OR row.owner_id = ANY (owners))
    );
END $$;
"""

# By the primary key for what the member opened lately and for what is common, else by the index, where
# IS NOT DISTINCT FROM keeps the plan from walking all rows of the workspace. A stage that finds more than enough ranks
# those that the index names first; of many that fit alike, the member's own come first.
HITS = """
CREATE FUNCTION public.records_search_hits(
    workspace bigint, wanted text, folded text, stages text[], most int, owners bigint[], member bigint, recent bigint[])
RETURNS bigint[]
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    found bigint[] := '{}';
    starts text[] := (
        SELECT public.records_search_patterns(needles) FROM public.records_search_readings(folded, 'start'));
    parts text[] := coalesce((
        SELECT public.records_search_patterns(needles) FROM public.records_search_readings(folded, 'part')), starts);
    newest bigint[];
    common text[] := '{}';
    stage text;
BEGIN
    IF most <= 20 THEN
        newest := ARRAY(
            SELECT row.record_id FROM public.records_search AS row
            WHERE row.workspace_id = workspace AND row.kind = wanted ORDER BY row.record_id DESC LIMIT 100 + most * 10);
        common := public.records_search_common(workspace, wanted, newest, starts, parts, most, owners);
    END IF;
    FOREACH stage IN ARRAY stages LOOP
        found := found || ARRAY(
            SELECT hit.record_id
            FROM (
                SELECT row.record_id, row.title, row.owner_id
                FROM public.records_search AS row
                WHERE row.workspace_id = workspace AND row.kind = wanted
                    AND row.record_id = ANY (
                        CASE WHEN stage = 'recent' THEN recent WHEN stage = ANY (common) THEN newest END)
                    AND CASE stage WHEN 'part' THEN row.words LIKE ALL (parts)
                        WHEN 'name' THEN ' ' || row.title LIKE ALL (starts) ELSE row.words LIKE ALL (starts) END
                    AND (owners IS NULL OR row.owner_id = ANY (owners))
                UNION
                SELECT entry.record_id, entry.title, entry.owner_id
                FROM public.records_search_readings(folded, CASE WHEN stage <> ALL (common) THEN stage END) AS reading,
                    public.records_search_patterns(reading.needles) AS patterns,
                    public.records_search_keys(workspace, wanted,
                        public.records_search_sought(stage, folded, reading.needles)) AS keys,
                    LATERAL (
                        SELECT row.record_id, row.title, row.owner_id
                        FROM public.records_search AS row
                        WHERE public.records_search_keys(row.workspace_id, row.kind, row.title, row.words) @> keys
                            AND CASE stage WHEN 'name' THEN ' ' || row.title ELSE row.words END LIKE ALL (patterns)
                            AND row.workspace_id IS NOT DISTINCT FROM workspace
                            AND row.kind IS NOT DISTINCT FROM wanted
                            AND (owners IS NULL OR row.owner_id = ANY (owners))
                        LIMIT CASE WHEN most IS NOT NULL THEN greatest(most, 200) END
                    ) AS entry
                WHERE keys <> '{}'
            ) AS hit
            WHERE hit.record_id <> ALL (found)
            ORDER BY hit.title <> folded, NOT starts_with(hit.title, folded), NOT ' ' || hit.title LIKE ALL (starts),
                hit.owner_id IS DISTINCT FROM member, hit.title, hit.record_id
            LIMIT most - cardinality(found)
        );
        EXIT WHEN cardinality(found) >= most OR (stage = 'number' AND found <> '{}' AND folded ~ '^[0-9 ]{7,}$');
    END LOOP;
    RETURN found;
END $$;
"""

# The planner has no choice here: the only other path is the sequential scan, which would read all tenants' rows.
IDS = f"""
CREATE FUNCTION public.records_search_ids(
    kinds text[], query text, most int, owners bigint[] DEFAULT NULL, member bigint DEFAULT NULL)
RETURNS TABLE (kind text, record_id bigint)
LANGUAGE plpgsql STABLE {DEFINER}
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
    workspace bigint := {CURRENT_WORKSPACE};
    folded text := public.records_search_fold(replace(left(query, 100), '(0)', ''));
    seen text[] := (
        SELECT recent.seen FROM public.records_recent AS recent
        WHERE recent.workspace_id = workspace AND recent.member_id = member);
    stages text;
    found bigint[];
    is_found boolean := false;
BEGIN
    FOREACH stages IN ARRAY ARRAY['title recent number name start part', 'typo'] LOOP
        FOREACH kind IN ARRAY kinds LOOP
            found := public.records_search_hits(
                workspace, kind, folded, string_to_array(stages, ' '), most, owners, member,
                ARRAY(SELECT split_part(one, ' ', 2)::bigint FROM unnest(seen) AS one
                    WHERE split_part(one, ' ', 1) = kind));
            is_found := is_found OR found <> '{{}}';
            RETURN QUERY SELECT kind, unnest(found);
        END LOOP;
        EXIT WHEN is_found;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION public.records_search_ids(text[], text, int, bigint[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.records_search_ids(text[], text, int, bigint[], bigint) TO {APP_ROLE};
"""

# --- keeping it up to date --------------------------------------------------------------------------------------------

ENTRIES = """
CREATE FUNCTION public.records_search_entries(kind text, workspace bigint, ids bigint[])
RETURNS SETOF public.records_search
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    -- OFFSET 0, so that each text is folded once.
    RETURN QUERY EXECUTE format(
        'SELECT $1, $2, record_id, owner_id, title, '' '' || btrim(title || '' '' || more) || '' '' FROM ('
        '    SELECT record_id, owner_id, public.records_search_fold(title) AS title,'
        '        public.records_search_fold(more) AS more FROM public.%I($1, $3) OFFSET 0)',
        'records_search_of_' || kind) USING workspace, kind, ids;
END $$;
"""

# Each statement by EXECUTE: PL/pgSQL would keep the plan of the session's first single row for a later ten thousand.
ADD = f"""
CREATE FUNCTION public.records_search_add() RETURNS trigger
LANGUAGE plpgsql {DEFINER}
AS $$
DECLARE
    workspace bigint;
    ids bigint[];
BEGIN
    FOR workspace, ids IN EXECUTE 'SELECT workspace_id, array_agg(id) FROM new_rows GROUP BY workspace_id' LOOP
        IF current_setting('app.search_later', true) = 'on' THEN
            INSERT INTO public.records_search_due (workspace_id, kind, ids) VALUES (workspace, TG_ARGV[0], ids);
        ELSE
            EXECUTE 'INSERT INTO public.records_search SELECT * FROM public.records_search_entries($1, $2, $3)'
                USING TG_ARGV[0], workspace, ids;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.records_search_add() FROM PUBLIC;
"""

# Where somebody changed a new record meanwhile, its entry is there already and tells more than this statement sees.
CATCH_UP = f"""
CREATE FUNCTION public.records_search_catch_up() RETURNS void
LANGUAGE plpgsql {DEFINER}
AS $$
DECLARE
    due record;
BEGIN
    FOR due IN DELETE FROM public.records_search_due WHERE workspace_id = {CURRENT_WORKSPACE} RETURNING * LOOP
        EXECUTE 'INSERT INTO public.records_search SELECT * FROM public.records_search_entries($1, $2, $3)'
                ' ON CONFLICT DO NOTHING' USING due.kind, due.workspace_id, due.ids;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION public.records_search_catch_up() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.records_search_catch_up() TO {APP_ROLE};
"""

# Who changes the same records at the same time waits at the lock; the next statement sees what the other committed.
PUT = """
CREATE FUNCTION public.records_search_put(kind text, workspace bigint, ids bigint[]) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE 'SELECT FROM public.records_search WHERE workspace_id = $1 AND kind = $2 AND record_id = ANY ($3)'
            ' ORDER BY record_id FOR NO KEY UPDATE' USING workspace, kind, ids;
    EXECUTE 'INSERT INTO public.records_search'
            ' SELECT fresh.* FROM public.records_search_entries($2, $1, $3) AS fresh'
            ' LEFT JOIN public.records_search AS known ON known.workspace_id = $1 AND known.kind = $2'
            '    AND known.record_id = fresh.record_id'
            ' WHERE (known.owner_id, known.title, known.words) IS DISTINCT FROM'
            '    (fresh.owner_id, fresh.title, fresh.words)'
            ' ON CONFLICT (workspace_id, kind, record_id) DO UPDATE'
            '    SET owner_id = excluded.owner_id, title = excluded.title, words = excluded.words'
            USING workspace, kind, ids;
END $$;
"""

# Arguments: the kind; a query that gives workspace and id of the records which `changed` rows show in; the columns of
# the table that matter. Both the old and the new side of a row count, as when an address moves to another person.
FOLLOW = f"""
CREATE FUNCTION public.records_search_follow() RETURNS trigger
LANGUAGE plpgsql {DEFINER}
AS $$
DECLARE
    changed text := CASE TG_OP WHEN 'INSERT' THEN 'TABLE new_rows' WHEN 'DELETE' THEN 'TABLE old_rows' ELSE format(
        '(SELECT %1$s FROM new_rows EXCEPT SELECT %1$s FROM old_rows) UNION ALL'
        ' (SELECT %1$s FROM old_rows EXCEPT SELECT %1$s FROM new_rows)', TG_ARGV[2]) END;
    workspace bigint;
    ids bigint[];
BEGIN
    FOR workspace, ids IN EXECUTE format(
        'WITH changed AS (%s) SELECT workspace_id, array_agg(DISTINCT id) FROM (%s) AS touched (workspace_id, id)'
        ' GROUP BY workspace_id', changed, TG_ARGV[1])
    LOOP
        IF current_setting('app.search_later', true) = 'on' THEN
            -- Of what this transaction added itself, the entries come with all that belongs to them.
            ids := ARRAY(SELECT unnest(ids) EXCEPT SELECT unnest(due.ids) FROM public.records_search_due AS due
                WHERE due.workspace_id = workspace AND kind = TG_ARGV[0] AND added_by = pg_current_xact_id());
            CONTINUE WHEN ids = '{{}}';
        END IF;
        PERFORM public.records_search_put(TG_ARGV[0], workspace, ids);
    END LOOP;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.records_search_follow() FROM PUBLIC;
"""

# Who is about to catch up may have read what goes now: it is waited for.
FORGET = f"""
CREATE FUNCTION public.records_search_forget() RETURNS trigger
LANGUAGE plpgsql {DEFINER}
AS $$
BEGIN
    PERFORM FROM public.records_search_due WHERE workspace_id IN (SELECT workspace_id FROM old_rows) FOR UPDATE;
    EXECUTE 'DELETE FROM public.records_search AS known USING old_rows AS gone WHERE known.kind = $1'
            ' AND known.workspace_id = gone.workspace_id AND known.record_id = gone.id' USING TG_ARGV[0];
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.records_search_forget() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_functions"), ("records", "0002_initial")]
    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION public.records_search_fold(text)"),
        migrations.RunSQL(ASCII, "DROP FUNCTION public.records_search_ascii(text)"),
        migrations.RunSQL(
            KEYS,
            "DROP FUNCTION public.records_search_keys(bigint, text, text[]);"
            " DROP FUNCTION public.records_search_keys(bigint, text, text, text)",
        ),
        migrations.RunSQL(TABLE, "DROP TABLE public.records_search"),
        migrations.RunSQL(DUE, "DROP TABLE public.records_search_due"),
        migrations.RunSQL(INDEX, "DROP INDEX public.records_search_keys"),
        migrations.RunSQL(
            NEEDLES,
            "DROP FUNCTION public.records_search_tokens(text[]); DROP FUNCTION public.records_search_patterns(text[])",
        ),
        migrations.RunSQL(READINGS, "DROP FUNCTION public.records_search_readings(text, text)"),
        migrations.RunSQL(SOUGHT, "DROP FUNCTION public.records_search_sought(text, text, text[])"),
        migrations.RunSQL(
            COMMON,
            "DROP FUNCTION public.records_search_common(bigint, text, bigint[], text[], text[], int, bigint[])",
        ),
        migrations.RunSQL(
            HITS,
            "DROP FUNCTION public.records_search_hits(bigint, text, text, text[], int, bigint[], bigint, bigint[])",
        ),
        migrations.RunSQL(IDS, "DROP FUNCTION public.records_search_ids(text[], text, int, bigint[], bigint)"),
        migrations.RunSQL(ENTRIES, "DROP FUNCTION public.records_search_entries(text, bigint, bigint[])"),
        migrations.RunSQL(ADD, "DROP FUNCTION public.records_search_add()"),
        migrations.RunSQL(CATCH_UP, "DROP FUNCTION public.records_search_catch_up()"),
        migrations.RunSQL(PUT, "DROP FUNCTION public.records_search_put(text, bigint, bigint[])"),
        migrations.RunSQL(FOLLOW, "DROP FUNCTION public.records_search_follow()"),
        migrations.RunSQL(FORGET, "DROP FUNCTION public.records_search_forget()"),
    ]
